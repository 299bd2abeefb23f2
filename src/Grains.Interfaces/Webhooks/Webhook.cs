namespace Marketing.Webhooks;

/// <summary>A webhook of a project: events of some types are posted to an address.</summary>
[GenerateSerializer, Immutable, Alias("webhook-view")]
public sealed record Webhook
{
    /// <summary>The most that a project has.</summary>
    public const int Most = 100;

    /// <summary>How long two secrets hold side by side at the most.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    /// <summary><c>wh_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Where events are posted to.</summary>
    [Id(1)] public required string TargetUrl { get; init; }

    /// <summary>The types of the events, as they were given (<see cref="WebhookEvents"/>).</summary>
    [Id(2)] public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether events are posted. Of what happens while it is not, nothing is.</summary>
    [Id(3)] public required bool IsActive { get; init; }

    /// <summary>Why it was disabled by itself; null otherwise.</summary>
    [Id(4)] public string? DisabledReason { get; init; }

    /// <summary>When that was.</summary>
    [Id(5)] public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>The secrets that hold, the newest first.</summary>
    [Id(6)] public required IReadOnlyList<WebhookSecretSpan> Secrets { get; init; }

    /// <summary>When it was created.</summary>
    [Id(7)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(8)] public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>For how long a secret holds.</summary>
/// <param name="CreatedAt">Since when.</param>
/// <param name="EndsAt">Until when; null for the newest one, which holds until there is another.</param>
[GenerateSerializer, Immutable, Alias("webhook-secret-span")]
public sealed record WebhookSecretSpan([property: Id(0)] DateTimeOffset CreatedAt, [property: Id(1)] DateTimeOffset? EndsAt);

/// <summary>What a webhook is to be. Null leaves what is there.</summary>
[GenerateSerializer, Immutable, Alias("webhook-draft")]
public sealed record WebhookDraft
{
    /// <summary>http or https, at most 2,048 characters; not into a private network unless the deployment allows it.</summary>
    [Id(0)] public string? TargetUrl { get; init; }

    /// <summary>Types of events, in place of those before; at least one.</summary>
    [Id(1)] public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Whether it is active; a new one is.</summary>
    [Id(2)] public bool? IsActive { get; init; }
}

/// <summary>Answer to a change of a webhook.</summary>
[GenerateSerializer, Immutable, Alias("webhook-result")]
public abstract record WebhookResult
{
    /// <summary>Durable.</summary>
    /// <param name="Webhook">As it is now.</param>
    /// <param name="Secret"><c>whsec_…</c>, where the call made one; null otherwise.</param>
    [GenerateSerializer, Immutable, Alias("webhook-result.saved")]
    public sealed record Saved([property: Id(0)] Webhook Webhook, [property: Id(1)] string? Secret) : WebhookResult;

    /// <summary>There is no such webhook.</summary>
    [GenerateSerializer, Immutable, Alias("webhook-result.not-found")]
    public sealed record NotFound : WebhookResult;

    /// <summary>What is wrong with what was given.</summary>
    [GenerateSerializer, Immutable, Alias("webhook-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : WebhookResult;

    /// <summary>The project has <see cref="Webhook.Most"/>.</summary>
    [GenerateSerializer, Immutable, Alias("webhook-result.too-many")]
    public sealed record TooMany : WebhookResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("webhook-result.key-reused")]
    public sealed record KeyReused : WebhookResult;

    /// <summary>The same request was done before, and the webhook was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("webhook-result.deleted")]
    public sealed record Deleted : WebhookResult;
}
