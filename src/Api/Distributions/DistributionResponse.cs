using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Http;
using Marketing.Segments;

namespace Marketing.Distributions;

/// <summary>The distribution object.</summary>
internal sealed record DistributionResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "distribution";

    public string? Name { get; init; }

    /// <summary><c>manual</c> or <c>automatic</c>.</summary>
    public string? Type { get; init; }

    /// <summary>
    /// <c>draft</c>, <c>waiting_for_segment</c>, <c>scheduled</c>, <c>sending</c>, <c>sent</c>, <c>live</c>, <c>paused</c> or <c>stopped</c>; <c>unreadable</c> where
    /// what is stored is not understood, as after an upgrade: it sends nothing until it is written anew.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>Why the engine paused it, or why it does not go on.</summary>
    public string? StatusReason { get; init; }

    /// <summary>That the codes which it gives run low, while it goes on; it pauses when there are none. Not in lists.</summary>
    public string? Warning { get; init; }

    public TriggerDefinition? Trigger { get; init; }

    public AudienceDefinition? Audience { get; init; }

    public ActionDefinition? Action { get; init; }

    public required IReadOnlyList<ChannelDefinition> Channels { get; init; }

    /// <summary>In lists with <c>fields=summary</c>: the segment that starts it or that it goes to.</summary>
    public SegmentReference? Segment { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>ISO 8601 duration.</summary>
    public string? Delay { get; init; }

    /// <summary>What becomes of a message whose hand-off a crash interrupted: <c>resend</c> or <c>hold</c>.</summary>
    public string? Uncertain { get; init; }

    /// <summary>ISO 8601 duration after which a message that is due is skipped as <c>too_late</c>.</summary>
    public string? MaxLateness { get; init; }

    /// <summary>Whether quiet hours do not hold for it.</summary>
    public bool? Transactional { get; init; }

    /// <summary>What makes a message needless before it goes out.</summary>
    public IReadOnlyList<string>? ExitWhen { get; init; }

    /// <summary>The id of the topic it writes about.</summary>
    public string? Topic { get; init; }

    /// <summary>What its mail tells of its readers.</summary>
    public TrackingDefinition? Tracking { get; init; }

    /// <summary>When a manual one is sent: at the end of the countdown, or at <c>starts_at</c> if that is later.</summary>
    public DateTimeOffset? SendsAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>1 when it is created, one more with every edit; the <c>ETag</c> of the answer.</summary>
    public long Version { get; init; }

    /// <summary>Messages by state; the states add up to the audience.</summary>
    public required MessageCounts Messages { get; init; }

    /// <summary>The same for a bar: sent, failed, skipped and pending add up to the total.</summary>
    public required DistributionProgress Progress { get; init; }

    public static DistributionResponse From(DistributionSummary summary) => From(summary.Distribution) with { Segment = summary.Segment };

    public static DistributionResponse From(Distribution distribution) => new()
    {
        Id = distribution.Id,
        Name = distribution.Draft.Name,
        Version = distribution.Version,
        Type = distribution.Draft.Type,
        Status = distribution.Status,
        StatusReason = distribution.StatusReason,
        Warning = distribution.Warning,
        Trigger = distribution.Draft.Trigger,
        Audience = distribution.Draft.Audience,
        Action = distribution.Draft.Action,
        Channels = distribution.Draft.Channels,
        StartsAt = distribution.Draft.StartsAt,
        EndsAt = distribution.Draft.EndsAt,
        Delay = distribution.Draft.Delay is { } delay ? IsoTime.Format(delay) : null,
        Uncertain = distribution.Draft.Uncertain,
        MaxLateness = distribution.Draft.MaxLateness is { } patience ? IsoTime.Format(patience) : null,
        Transactional = distribution.Draft.Transactional ? true : null,
        ExitWhen = distribution.Draft.ExitWhen is { Count: > 0 } exits ? exits : null,
        Tracking = distribution.Draft.Tracking,
        Topic = distribution.Draft.Topic,
        SendsAt = distribution.SendsAt,
        CreatedAt = distribution.CreatedAt,
        UpdatedAt = distribution.UpdatedAt,
        ActivatedAt = distribution.ActivatedAt,
        Messages = distribution.Counts,
        Progress = DistributionProgress.Of(distribution.Counts),
    };
}

/// <summary>How far the messages of a distribution are.</summary>
/// <param name="Sent">Handed over.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Skipped">Not sent for a reason, or because the distribution was stopped.</param>
/// <param name="Pending">Waiting, or being handed over.</param>
/// <param name="Total">All of them.</param>
internal sealed record DistributionProgress(long Sent, long Failed, long Skipped, long Pending, long Total)
{
    public static DistributionProgress Of(MessageCounts counts) =>
        new(counts.Sent, counts.Failed, counts.Skipped + counts.Canceled, counts.Queued + counts.Retrying + counts.Sending, counts.Audience);
}

/// <summary>A page of distributions.</summary>
internal sealed record DistributionListResponse(IReadOnlyList<DistributionResponse> Distributions, long Total, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "distributions";

    /// <summary>What to pass as <c>starting_after_id</c>; absent at the end.</summary>
    public string? MoreStartingAfter { get; init; }

    public static DistributionListResponse From(Page<DistributionResponse> page) =>
        new(page.Items, page.Total, page.HasMore) { MoreStartingAfter = page.HasMore && page.Items.Count > 0 ? page.Items[^1].Id : null };
}
