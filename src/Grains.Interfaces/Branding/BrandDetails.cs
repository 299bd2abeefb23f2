namespace Marketing.Branding;

/// <summary>Who writes to the customers of a project, as the law wants it to be said in every email.</summary>
[GenerateSerializer, Immutable, Alias("brand-details")]
public sealed record BrandDetails
{
    /// <summary>What is said where nothing else is.</summary>
    public const string DefaultReminder = "You are receiving this email because you opted in at our website.";

    /// <summary><c>brd_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Name of the brand.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>Address of the privacy policy.</summary>
    [Id(2)] public string? PrivacyPolicyUrl { get; init; }

    /// <summary>Address of the terms of use.</summary>
    [Id(3)] public string? TermsOfUseUrl { get; init; }

    /// <summary>Why the reader gets mails.</summary>
    [Id(4)] public string PermissionReminder { get; init; } = DefaultReminder;

    /// <summary>Address of the website; as it was given, so perhaps without a scheme.</summary>
    [Id(5)] public string? WebsiteUrl { get; init; }

    /// <summary>Address of the logo.</summary>
    [Id(6)] public string? LogoUrl { get; init; }

    /// <summary>Street and number.</summary>
    [Id(7)] public required string Street { get; init; }

    /// <summary>City.</summary>
    [Id(8)] public required string City { get; init; }

    /// <summary>Postal code, where the country has any.</summary>
    [Id(9)] public string? Postal { get; init; }

    /// <summary>State or another area.</summary>
    [Id(10)] public string? State { get; init; }

    /// <summary>Country.</summary>
    [Id(11)] public required string Country { get; init; }

    /// <summary>Email address for questions.</summary>
    [Id(12)] public required string Email { get; init; }

    /// <summary>Phone number for questions.</summary>
    [Id(13)] public string? Phone { get; init; }
}
