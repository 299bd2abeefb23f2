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

    /// <summary>How many messages a customer gets.</summary>
    public IReadOnlyList<FrequencyCapBody> FrequencyCaps { get; init; } = [];

    /// <summary>How many messages the account may send: <c>trial</c>, <c>verified_trial</c> or <c>paid</c>.</summary>
    public required string MessagePlan { get; init; }

    /// <summary>The limits of the plan; empty where there is none.</summary>
    public IReadOnlyList<MessageLimitBody> MessageLimits { get; init; } = [];

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

    public static ProjectResponse From(Project project) => From(project, used: null);

    /// <param name="project">The project.</param>
    /// <param name="used">Its limits with what was used of them; null where nobody asked.</param>
    public static ProjectResponse From(Project project, IReadOnlyList<MessageLimit>? used) => new()
    {
        FrequencyCaps = [.. project.Settings.FrequencyCaps.Select(FrequencyCapBody.Of)],
        MessagePlan = project.Settings.MessagePlan ?? MessagePlans.Paid,
        MessageLimits = used is null
            ? [.. MessagePlans.LimitsOf(project.Settings.MessagePlan).Select(static limit => new MessageLimitBody(limit.Per, limit.Messages, null))]
            : [.. used.Select(static limit => new MessageLimitBody(limit.Per, limit.Messages, limit.Used))],
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

/// <summary>A limit of messages.</summary>
/// <param name="Per"><c>total</c>, <c>day</c> or <c>month</c>.</param>
/// <param name="Messages">At most so many.</param>
/// <param name="Used">How many were handed over so far; absent in lists and in answers to changes.</param>
internal sealed record MessageLimitBody(string Per, long Messages, long? Used);

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
