namespace Marketing.Webhooks;

/// <summary>Reads over what the webhooks of one project posted. Keyed by project number; any number of activations.</summary>
[Alias("sendout-queries"), GrainInterfaceType("sendout-queries")]
public interface ISendoutQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>A page of a webhook's sendouts, the newest first, without what was posted. Null where there is no such webhook.</summary>
    [Alias("list")]
    Task<Page<Sendout>?> ListAsync(string webhookId, SendoutQuery query, CancellationToken cancellation = default);

    /// <summary>One sendout of a webhook with what is posted, or null.</summary>
    [Alias("find")]
    Task<Sendout?> FindAsync(string webhookId, string sendoutId, CancellationToken cancellation = default);
}

/// <summary>Something that is owed to a webhook, or was posted, or could not be.</summary>
[GenerateSerializer, Immutable, Alias("sendout")]
public sealed record Sendout
{
    /// <summary>How much of an answer is kept, in characters.</summary>
    public const int LongestAnswer = 500;

    /// <summary><c>whs_…</c>; what <c>webhook-id</c> says, the same in every attempt.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The type of the event.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary><c>owed</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    [Id(2)] public required string Status { get; init; }

    /// <summary>How often it was tried since it was owed, or owed once more.</summary>
    [Id(3)] public required int Attempts { get; init; }

    /// <summary>When it is tried next; null where it is not. Of a disabled webhook it waits until that is enabled.</summary>
    [Id(4)] public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it happened.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was tried last; null for never.</summary>
    [Id(6)] public DateTimeOffset? ExecutedAt { get; init; }

    /// <summary>The status of the last answer; null where there was none.</summary>
    [Id(7)] public int? ResponseCode { get; init; }

    /// <summary>The beginning of the last answer, at most <see cref="LongestAnswer"/> characters; null where there was none.</summary>
    [Id(8)] public string? Answer { get; init; }

    /// <summary>What was wrong with the last attempt; null where nothing was.</summary>
    [Id(9)] public string? Error { get; init; }

    /// <summary>The body, a JSON object; null in lists.</summary>
    [Id(10)] public RawJson? Body { get; init; }
}

/// <summary>Which sendouts to list.</summary>
[GenerateSerializer, Immutable, Alias("sendout-query")]
public sealed record SendoutQuery
{
    /// <summary>Only those that are <c>owed</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    [Id(0)] public string? Status { get; init; }

    /// <summary>Only this type of event.</summary>
    [Id(1)] public string? Type { get; init; }

    /// <summary>1..100.</summary>
    [Id(2)] public int Limit { get; init; } = 10;

    /// <summary>From 1.</summary>
    [Id(3)] public int Page { get; init; } = 1;

    /// <summary>Only what happened in between.</summary>
    [Id(4)] public TimeRange? Between { get; init; }
}
