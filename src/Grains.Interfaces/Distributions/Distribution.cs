using Marketing.Segments;

namespace Marketing.Distributions;

/// <summary>A distribution as it stands.</summary>
[GenerateSerializer, Immutable, Alias("distribution-view")]
public sealed record Distribution
{
    /// <summary><c>distr_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The number its rows are kept under.</summary>
    [Id(1)] public int Number { get; init; }

    /// <summary>What the author wrote.</summary>
    [Id(2)] public required DistributionDraft Draft { get; init; }

    /// <summary>One of <see cref="DistributionStatuses"/>.</summary>
    [Id(3)] public required string Status { get; init; }

    /// <summary>Why it is paused, when the engine paused it, or why it does not go on: it, the filter of its segment or the rule of its trigger cannot be read, or that rule was deleted.</summary>
    [Id(4)] public string? StatusReason { get; init; }

    /// <summary>When a manual one is sent: at the end of the countdown, or at <c>starts_at</c> if that is later.</summary>
    [Id(5)] public DateTimeOffset? SendsAt { get; init; }

    /// <summary>When it was created.</summary>
    [Id(6)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(7)] public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it was last activated.</summary>
    [Id(8)] public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Counts over all channels; always adding up.</summary>
    [Id(9)] public MessageCounts Counts { get; init; } = new();

    /// <summary>What its author should know while it goes on: the codes that it gives run low. Null where there is nothing; not in lists.</summary>
    [Id(10)] public string? Warning { get; init; }

    /// <summary>Which text of its author this is: 1 when it is created, one more with every edit. What the engine does to it changes nothing here.</summary>
    [Id(11)] public long Version { get; init; } = 1;
}

/// <summary>A distribution in a list: without its templates.</summary>
/// <param name="Distribution">As it stands; its channels have no templates.</param>
/// <param name="Segment">The segment that starts it or that it goes to, where there is one.</param>
[GenerateSerializer, Immutable, Alias("distribution-summary")]
public sealed record DistributionSummary([property: Id(0)] Distribution Distribution, [property: Id(1)] SegmentReference? Segment);

/// <summary>The states of a distribution.</summary>
public static class DistributionStatuses
{
    /// <summary>Being written.</summary>
    public const string Draft = "draft";

    /// <summary>Manual, activated, its segment still synchronising.</summary>
    public const string WaitingForSegment = "waiting_for_segment";

    /// <summary>Manual, counting down.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>Manual, handing over.</summary>
    public const string Sending = "sending";

    /// <summary>Manual, no message left that is not in a final state.</summary>
    public const string Sent = "sent";

    /// <summary>Automatic, reacting.</summary>
    public const string Live = "live";

    /// <summary>Held, by a person or after a channel gave up.</summary>
    public const string Paused = "paused";

    /// <summary>Ended for good.</summary>
    public const string Stopped = "stopped";

    /// <summary>
    /// What is stored is not understood, as after an upgrade or in a damaged row. It starts on nothing and sends nothing; it can be written anew, stopped and deleted. Should it be understood
    /// again, it goes on in the state it was in.
    /// </summary>
    public const string Unreadable = "unreadable";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Draft, WaitingForSegment, Scheduled, Sending, Sent, Live, Paused, Stopped, Unreadable];
}

/// <summary>
/// Messages by state. <c>queued + retrying + sending + sent + failed + skipped + canceled = audience</c> at any moment.
/// </summary>
[GenerateSerializer, Immutable, Alias("message-counts")]
public sealed record MessageCounts
{
    /// <summary>All messages ever owed.</summary>
    [Id(0)] public long Audience { get; init; }

    /// <summary>Waiting for their first attempt.</summary>
    [Id(1)] public long Queued { get; init; }

    /// <summary>Waiting for another attempt.</summary>
    [Id(2)] public long Retrying { get; init; }

    /// <summary>Being handed over.</summary>
    [Id(3)] public long Sending { get; init; }

    /// <summary>Handed over.</summary>
    [Id(4)] public long Sent { get; init; }

    /// <summary>Given up.</summary>
    [Id(5)] public long Failed { get; init; }

    /// <summary>Not sent for a named reason.</summary>
    [Id(6)] public long Skipped { get; init; }

    /// <summary>Not sent because the distribution was stopped.</summary>
    [Id(7)] public long Canceled { get; init; }

    /// <summary>Of those sent: after a failure.</summary>
    [Id(8)] public long Recovered { get; init; }

    /// <summary>Of all: interrupted by a crash during hand-off at least once, so perhaps delivered twice.</summary>
    [Id(9)] public long Uncertain { get; init; }
}

/// <summary>Answer to a command on a distribution.</summary>
[GenerateSerializer, Immutable, Alias("distribution-result")]
public abstract record DistributionResult
{
    /// <summary>Done.</summary>
    [GenerateSerializer, Immutable, Alias("distribution-result.done")]
    public sealed record Done([property: Id(0)] Distribution Distribution) : DistributionResult;

    /// <summary>There is no such distribution.</summary>
    [GenerateSerializer, Immutable, Alias("distribution-result.not-found")]
    public sealed record NotFound : DistributionResult;

    /// <summary>Not possible in its present state; the message says why.</summary>
    [GenerateSerializer, Immutable, Alias("distribution-result.refused")]
    public sealed record Refused([property: Id(0)] string Status, [property: Id(1)] string Message) : DistributionResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("distribution-result.key-reused")]
    public sealed record KeyReused : DistributionResult;

    /// <summary>The same request was done before, and the distribution was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("distribution-result.deleted")]
    public sealed record Deleted : DistributionResult;

    /// <summary>The draft is incomplete or wrong.</summary>
    [GenerateSerializer, Immutable, Alias("distribution-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : DistributionResult;

    /// <summary>Somebody else edited it since the version that the caller has; nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("distribution-result.overtaken")]
    public sealed record Overtaken([property: Id(0)] long Version) : DistributionResult;
}

/// <summary>Which distributions to list.</summary>
[GenerateSerializer, Immutable, Alias("distribution-list-query")]
public sealed record DistributionListQuery
{
    /// <summary>1..100.</summary>
    [Id(0)] public int Limit { get; init; } = 10;

    /// <summary>From 1.</summary>
    [Id(1)] public int Page { get; init; } = 1;

    /// <summary>Only this status.</summary>
    [Id(2)] public string? Status { get; init; }

    /// <summary>Only this type.</summary>
    [Id(3)] public string? Type { get; init; }

    /// <summary>Only this trigger.</summary>
    [Id(4)] public string? Trigger { get; init; }

    /// <summary>Only with this channel.</summary>
    [Id(5)] public string? Channel { get; init; }

    /// <summary>By time of creation.</summary>
    [Id(6)] public TimeRange? CreatedAt { get; init; }

    /// <summary>Text in the name or subject, case-insensitive.</summary>
    [Id(7)] public string? Text { get; init; }

    /// <summary><c>created_at</c>, <c>updated_at</c> or <c>name</c>, with a leading <c>-</c> for descending.</summary>
    [Id(8)] public string Order { get; init; } = "-created_at";

    /// <summary>Only with one of these triggers; null for any.</summary>
    [Id(9)] public IReadOnlyList<string>? Triggers { get; init; }

    /// <summary>Continue after this distribution, in the same order; <see cref="Page"/> is then 1.</summary>
    [Id(10)] public string? StartingAfterId { get; init; }
}
