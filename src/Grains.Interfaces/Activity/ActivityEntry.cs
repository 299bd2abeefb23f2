namespace Marketing.Activity;

/// <summary>One entry of a customer's activity.</summary>
[GenerateSerializer, Immutable, Alias("activity-entry")]
public sealed record ActivityEntry
{
    /// <summary><c>evcus_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The event type, for example <c>customer.order.paid</c>.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary>The objects of the event, a JSON object; the customer is as stored now.</summary>
    [Id(2)] public required RawJson Data { get; init; }

    /// <summary><c>API</c>, <c>CLIENT_API</c>, <c>USER_PORTAL</c> or <c>INTERNAL</c>.</summary>
    [Id(3)] public required string Channel { get; init; }

    /// <summary>When.</summary>
    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Request id of the call that caused it.</summary>
    [Id(5)] public string? GroupId { get; init; }
}

/// <summary>Which entries to read.</summary>
[GenerateSerializer, Immutable, Alias("activity-query")]
public sealed record ActivityQuery
{
    /// <summary>1..100.</summary>
    [Id(0)] public int Limit { get; init; } = 10;

    /// <summary>Oldest first instead of newest first.</summary>
    [Id(1)] public bool Ascending { get; init; }

    /// <summary>Continue after this entry.</summary>
    [Id(2)] public string? StartingAfterId { get; init; }

    /// <summary>From this instant.</summary>
    [Id(3)] public DateTimeOffset? Start { get; init; }

    /// <summary>Up to this instant.</summary>
    [Id(4)] public DateTimeOffset? End { get; init; }

    /// <summary>Only this event type.</summary>
    [Id(5)] public string? Type { get; init; }

    /// <summary><c>ACTION</c> or <c>EFFECT</c>.</summary>
    [Id(6)] public string? Category { get; init; }

    /// <summary>
    /// Of a distribution: in the order in which entries were committed instead of by time. Whoever reads on in it misses nothing, because no entry
    /// comes later before one that was read.
    /// </summary>
    [Id(7)] public bool Recorded { get; init; }

    /// <summary>
    /// Of a customer: only entries after this instant (before it, newest first). A page then holds everything that happened at the instant it ends with, so that
    /// whoever goes on after that misses nothing; it may be longer than <see cref="Limit"/>.
    /// </summary>
    [Id(8)] public DateTimeOffset? StartingAfter { get; init; }

    /// <summary>Of a customer: only what belongs to the campaign with this id. The latest 10,000 entries are looked at.</summary>
    [Id(9)] public string? Campaign { get; init; }

    /// <summary>Of a customer: only what belongs to campaigns of this type, looked for likewise.</summary>
    [Id(10)] public string? CampaignType { get; init; }
}
