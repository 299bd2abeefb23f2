using Marketing.Http;

namespace Marketing.Webhooks;

/// <summary>A webhook.</summary>
[AnsweredAs(typeof(WebhookResponse))]
internal sealed record WebhookRequest
{
    /// <summary>Where events are posted to: http or https, without a user name. Required for a new one. Private addresses are refused unless the deployment allows them.</summary>
    public string? TargetUrl { get; init; }

    /// <summary>The types of the events, in place of those before. Required for a new one.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Whether events are posted. A new one is active.</summary>
    public bool? Active { get; init; }
}

/// <summary>How a secret takes the place of another.</summary>
internal sealed record SecretRotationRequest
{
    /// <summary>For how long the secret before holds as well, as <c>P1D</c>, which it is where none is given; <c>P7D</c> at the most, <c>PT0S</c> for not at all.</summary>
    public string? Overlap { get; init; }
}

/// <summary>A webhook.</summary>
internal sealed record WebhookResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "webhook";

    public required string TargetUrl { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public required bool Active { get; init; }

    /// <summary>Why it was disabled by itself; absent otherwise.</summary>
    public string? DisabledReason { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>What sendouts are signed with, as <c>whsec_…</c>. Only in the answer to the call that made it.</summary>
    public string? Secret { get; init; }

    /// <summary>For how long the secrets hold, the newest first.</summary>
    public required IReadOnlyList<WebhookSecretResponse> Secrets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public static WebhookResponse From(Webhook webhook, string? secret = null) => new()
    {
        Id = webhook.Id,
        TargetUrl = webhook.TargetUrl,
        Events = webhook.Events,
        Active = webhook.IsActive,
        DisabledReason = webhook.DisabledReason,
        DisabledAt = webhook.DisabledAt,
        Secret = secret,
        Secrets = [.. webhook.Secrets.Select(static span => new WebhookSecretResponse(span.CreatedAt, span.EndsAt))],
        CreatedAt = webhook.CreatedAt,
        UpdatedAt = webhook.UpdatedAt,
    };
}

/// <summary>For how long a secret holds.</summary>
/// <param name="CreatedAt">Since when.</param>
/// <param name="EndsAt">Until when; absent for the newest.</param>
internal sealed record WebhookSecretResponse(DateTimeOffset CreatedAt, DateTimeOffset? EndsAt);

/// <summary>A type of events.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Posted">Whether this engine posts such events; the others are the product's, and are taken.</param>
internal sealed record WebhookEventResponse(string Type, bool Posted)
{
    public string Object { get; } = "webhook_event";
}
