namespace Marketing.Distributions;

/// <summary>One message: one recipient, one channel, one occurrence of the trigger.</summary>
[GenerateSerializer, Immutable, Alias("message")]
public sealed record Message
{
    /// <summary><c>msg_…</c>, stable over retries.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The recipient; null when the customer was deleted since.</summary>
    [Id(1)] public string? CustomerId { get; init; }

    /// <summary>The channel type.</summary>
    [Id(2)] public required string Channel { get; init; }

    /// <summary><c>queued</c>, <c>retrying</c>, <c>sending</c>, <c>sent</c>, <c>failed</c>, <c>skipped</c> or <c>canceled</c>.</summary>
    [Id(3)] public required string Status { get; init; }

    /// <summary>Why it failed, was skipped or is retried.</summary>
    [Id(4)] public string? Reason { get; init; }

    /// <summary>Attempts made.</summary>
    [Id(5)] public int Attempts { get; init; }

    /// <summary>Sent after a failure.</summary>
    [Id(6)] public bool Recovered { get; init; }

    /// <summary>A crash interrupted a hand-off, so it may have been delivered twice.</summary>
    [Id(7)] public bool Uncertain { get; init; }

    /// <summary>When it became owed.</summary>
    [Id(8)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is or was due.</summary>
    [Id(9)] public DateTimeOffset DueAt { get; init; }

    /// <summary>When it reached its final state.</summary>
    [Id(10)] public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The event that started it; null where it was none: for manual ones, and those that a date of a code started.</summary>
    [Id(11)] public string? EventId { get; init; }

    /// <summary>What was reported afterwards: <c>delivered</c> or <c>undelivered</c>, of mail also <c>soft_bounced</c>, <c>bounced</c> or <c>complained</c>; null where nothing was.</summary>
    [Id(12)] public string? Delivery { get; init; }

    /// <summary>Why it was not delivered.</summary>
    [Id(13)] public string? DeliveryReason { get; init; }

    /// <summary>What was done with it, where its mail is tracked and something was.</summary>
    [Id(14)] public MessageVisit? Visit { get; init; }

    /// <summary>Where its channel reaches the customer now; null where it writes to no address, where there is none, and in entries of activity.</summary>
    [Id(15)] public string? Address { get; init; }
}

/// <summary>What was done with a tracked message.</summary>
[GenerateSerializer, Immutable, Alias("message-visit")]
public sealed record MessageVisit
{
    /// <summary>When a person first opened it, or followed one of its links.</summary>
    [Id(0)] public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>How often people opened it.</summary>
    [Id(1)] public long Opens { get; init; }

    /// <summary>When a person first followed one of its links.</summary>
    [Id(2)] public DateTimeOffset? ClickedAt { get; init; }

    /// <summary>How often people followed its links.</summary>
    [Id(3)] public long Clicks { get; init; }

    /// <summary>When a program first looked into it, as filters and mail servers do.</summary>
    [Id(4)] public DateTimeOffset? MachineAt { get; init; }
}

/// <summary>Which messages to list.</summary>
[GenerateSerializer, Immutable, Alias("message-list-query")]
public sealed record MessageListQuery
{
    /// <summary>1..100.</summary>
    [Id(0)] public int Limit { get; init; } = 10;

    /// <summary>Continue after this message.</summary>
    [Id(1)] public string? StartingAfterId { get; init; }

    /// <summary>Only this status.</summary>
    [Id(2)] public string? Status { get; init; }

    /// <summary>Only this channel.</summary>
    [Id(3)] public string? Channel { get; init; }

    /// <summary>Only this customer, by id.</summary>
    [Id(4)] public string? CustomerId { get; init; }
}

/// <summary>What series to make.</summary>
/// <param name="Interval"><c>hour</c> or <c>day</c>.</param>
/// <param name="Start">From this instant.</param>
/// <param name="End">Up to this instant.</param>
[GenerateSerializer, Immutable, Alias("analytics-query")]
public sealed record AnalyticsQuery([property: Id(0)] string Interval, [property: Id(1)] DateTimeOffset? Start, [property: Id(2)] DateTimeOffset? End)
{
    /// <summary>How many intervals a filled series has at most.</summary>
    public const int MostFilled = 1_000;

    /// <summary>The IANA time zone in which days begin; null for the project's.</summary>
    [Id(3)] public string? Zone { get; init; }

    /// <summary>
    /// Whether every interval from start to end is there for every channel, also those in which nothing happened; without a start from the distribution's first day on, and at most the last
    /// <see cref="MostFilled"/>.
    /// </summary>
    [Id(4)] public bool Fill { get; init; }
}

/// <summary>Figures of a distribution.</summary>
/// <param name="Totals">By channel type.</param>
/// <param name="Series">By channel type and interval.</param>
[GenerateSerializer, Immutable, Alias("analytics")]
public sealed record Analytics(
    [property: Id(0)] IReadOnlyDictionary<string, MessageCounts> Totals, [property: Id(1)] IReadOnlyList<AnalyticsPoint> Series)
{
    /// <summary>How long the intervals of the series are: <c>hour</c> or <c>day</c>.</summary>
    [Id(4)] public string? Interval { get; init; }

    /// <summary>The time zone in which days begin.</summary>
    [Id(5)] public string? Zone { get; init; }

    /// <summary>Codes that it published; null where it gives none.</summary>
    [Id(2)] public long? Published { get; init; }

    /// <summary>Codes that it published and that were redeemed at least once.</summary>
    [Id(3)] public long? Redeemed { get; init; }

    /// <summary>What readers did with its mail; null where it is not tracked and never was.</summary>
    [Id(6)] public MailFigures? Tracking { get; init; }
}

/// <summary>How many tracked messages something was done with.</summary>
/// <param name="Opened">Opened by a person.</param>
/// <param name="Clicked">A person followed one of its links.</param>
/// <param name="MachineOpened">A program looked into it, whether a person did too or not.</param>
[GenerateSerializer, Immutable, Alias("mail-figures")]
public sealed record MailFigures([property: Id(0)] long Opened, [property: Id(1)] long Clicked, [property: Id(2)] long MachineOpened);

/// <summary>What happened in one interval through one channel.</summary>
[GenerateSerializer, Immutable, Alias("analytics-point")]
public sealed record AnalyticsPoint
{
    /// <summary>Start of the interval.</summary>
    [Id(0)] public DateTimeOffset At { get; init; }

    /// <summary>The channel type.</summary>
    [Id(1)] public required string Channel { get; init; }

    /// <summary>Handed over.</summary>
    [Id(2)] public long Sent { get; init; }

    /// <summary>Given up.</summary>
    [Id(3)] public long Failed { get; init; }

    /// <summary>Skipped.</summary>
    [Id(4)] public long Skipped { get; init; }

    /// <summary>Handed over after a failure.</summary>
    [Id(5)] public long Recovered { get; init; }
}

/// <summary>One entry of a distribution's activity.</summary>
[GenerateSerializer, Immutable, Alias("distribution-event")]
public sealed record DistributionEvent
{
    /// <summary>Cursor of the entry.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary><c>distribution.activated</c>, <c>distribution.paused</c>, …, <c>message.sent</c>, <c>message.failed</c>, <c>message.skipped</c>, <c>message.recovered</c>, <c>message.canceled</c>.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary>When.</summary>
    [Id(2)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The message, for message events.</summary>
    [Id(3)] public Message? Message { get; init; }

    /// <summary>Details of a lifecycle event.</summary>
    [Id(4)] public string? Detail { get; init; }
}
