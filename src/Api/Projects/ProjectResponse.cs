using System.Diagnostics.CodeAnalysis;

namespace Marketing.Projects;

/// <summary>A project. The switches of features that do not exist here are off.</summary>
internal record ProjectResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Timezone { get; init; }

    public required string Currency { get; init; }

    /// <summary>The country calling code of phone numbers that have none.</summary>
    public string? DialCode { get; init; }

    /// <summary>When nobody is written to, by the customer's own clock.</summary>
    public QuietHoursBody? QuietHours { get; init; }

    public required IReadOnlyList<string> ClientTrustedDomains { get; init; }

    public bool ClientCreateCustomerEnabled { get; init; }

    public bool ClientRedeemEnabled { get; init; }

    public bool ClientPublishEnabled { get; init; }

    public bool ClientListVouchersEnabled { get; }

    public bool ClientLoyaltyEventsEnabled { get; }

    public bool ClientSetVoucherExpirationDateEnabled { get; }

    public bool CaseSensitiveCodes { get; init; }

    public string ApiVersion { get; } = "v2018-08-01";

    public string WebhookVersion { get; } = "v2024-01-01";

    public bool IsSandbox { get; }

    public DateTimeOffset CreatedAt { get; init; }

    public static ProjectResponse From(Project project) => new()
    {
        Id = project.Id,
        Name = project.Settings.Name,
        Timezone = project.Settings.TimeZone,
        Currency = project.Settings.Currency,
        DialCode = project.Settings.DialCode,
        QuietHours = QuietHoursBody.Of(project.Settings.QuietHours),
        ClientTrustedDomains = project.Settings.ClientTrustedDomains,
        CaseSensitiveCodes = project.Settings.CaseSensitiveCodes ?? true,
        ClientCreateCustomerEnabled = project.Settings.ClientCreateCustomer,
        ClientRedeemEnabled = project.Settings.ClientRedeem,
        ClientPublishEnabled = project.Settings.ClientPublish,
        CreatedAt = project.CreatedAt,
    };
}

/// <summary>A new project with its secrets, which are shown this once.</summary>
internal sealed record ProjectCreatedResponse : ProjectResponse
{
    [SetsRequiredMembers]
    public ProjectCreatedResponse(ProjectCreated created)
        : base(From(created.Project))
    {
        ServerSideKey = ProjectKey.From(created.ServerKey);
        ClientSideKey = ProjectKey.From(created.ClientKey);
        WebhookSecret = created.WebhookSecret;
    }

    /// <summary>For <c>X-App-Id</c> and <c>X-App-Token</c>.</summary>
    public ProjectKey ServerSideKey { get; }

    /// <summary>For <c>X-Client-Application-Id</c> and <c>X-Client-Token</c>.</summary>
    public ProjectKey ClientSideKey { get; }

    /// <summary>What webhooks of the project are signed with.</summary>
    public string WebhookSecret { get; }
}

/// <summary>A key with its token.</summary>
internal sealed record ProjectKey(string AppId, string AppToken)
{
    public static ProjectKey From(IssuedKey key) => new(key.AppId, key.AppToken);
}
