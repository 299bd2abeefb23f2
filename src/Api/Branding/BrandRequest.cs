using System.Text.Json.Serialization;
using Marketing.Http;

namespace Marketing.Branding;

// For the OpenAPI document; BrandReader reads it.

/// <summary>Brand details.</summary>
[AnsweredAs(typeof(BrandResponse))]
internal sealed record BrandRequest
{
    public BrandPart? Brand { get; init; }

    public BrandAddress? Address { get; init; }

    public BrandContact? Contact { get; init; }
}

/// <summary>Brand details of a project.</summary>
internal sealed record BrandResponse
{
    public required string Id { get; init; }

    public required BrandPart Brand { get; init; }

    public required BrandAddress Address { get; init; }

    public required BrandContact Contact { get; init; }

    public static BrandResponse From(BrandDetails details) => new()
    {
        Id = details.Id,
        Brand = new BrandPart
        {
            Name = details.Name,
            PrivacyPolicyUrl = details.PrivacyPolicyUrl,
            TermsOfUseUrl = details.TermsOfUseUrl,
            PermissionReminder = details.PermissionReminder,
            WebsiteUrl = details.WebsiteUrl,
            LogoUrl = details.LogoUrl,
        },
        Address = new BrandAddress { Street = details.Street, City = details.City, Postal = details.Postal, State = details.State, Country = details.Country },
        Contact = new BrandContact { Email = details.Email, Phone = details.Phone },
    };
}

/// <summary>The brand.</summary>
internal sealed record BrandPart
{
    /// <summary>Required for new details.</summary>
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? PrivacyPolicyUrl { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? TermsOfUseUrl { get; init; }

    /// <summary>Why the reader gets mails; a sentence of ours when absent.</summary>
    public string? PermissionReminder { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? WebsiteUrl { get; init; }

    /// <summary>Address of the logo at the top of mails. Not in the product's API, where it is uploaded in the manager.</summary>
    public string? LogoUrl { get; init; }
}

/// <summary>Postal address of the brand.</summary>
internal sealed record BrandAddress
{
    /// <summary>Required for new details.</summary>
    public string? Street { get; init; }

    /// <summary>Required for new details.</summary>
    public string? City { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Postal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? State { get; init; }

    /// <summary>Required for new details.</summary>
    public string? Country { get; init; }
}

/// <summary>Whom to ask.</summary>
internal sealed record BrandContact
{
    /// <summary>Required for new details.</summary>
    public string? Email { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Phone { get; init; }
}
