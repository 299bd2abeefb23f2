using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Http;

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

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>ISO 8601 duration.</summary>
    public string? Delay { get; init; }

    /// <summary>What becomes of a message whose hand-off a crash interrupted: <c>resend</c> or <c>hold</c>.</summary>
    public string? Uncertain { get; init; }

    /// <summary>When a manual one is sent: at the end of the countdown, or at <c>starts_at</c> if that is later.</summary>
    public DateTimeOffset? SendsAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Messages by state; the states add up to the audience.</summary>
    public required MessageCounts Messages { get; init; }

    public static DistributionResponse From(Distribution distribution) => new()
    {
        Id = distribution.Id,
        Name = distribution.Draft.Name,
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
        SendsAt = distribution.SendsAt,
        CreatedAt = distribution.CreatedAt,
        UpdatedAt = distribution.UpdatedAt,
        ActivatedAt = distribution.ActivatedAt,
        Messages = distribution.Counts,
    };
}

/// <summary>A page of distributions.</summary>
internal sealed record DistributionListResponse(IReadOnlyList<DistributionResponse> Distributions, long Total, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "distributions";
}
