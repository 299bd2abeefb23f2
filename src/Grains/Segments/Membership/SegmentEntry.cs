using Marketing.Filters;

namespace Marketing.Segments;

/// <summary>A segment as events see it.</summary>
internal sealed record SegmentEntry
{
    public required int Number { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Entering and leaving are events; not so for passive ones.</summary>
    public required bool Fires { get; init; }

    public required bool Synced { get; init; }

    /// <summary>Membership is the filter's answer at the later of this and the customer's evaluation.</summary>
    public required DateTimeOffset Baseline { get; init; }

    /// <summary>The instant that counts for a customer who was looked at then.</summary>
    public DateTimeOffset LookedAt(DateTimeOffset evaluatedAt) => evaluatedAt > Baseline ? evaluatedAt : Baseline;

    /// <summary>Null for a static segment, and for one whose members are not to be moved by its filter now.</summary>
    public Filter? Filter { get; init; }

    /// <summary>Why the filter moves nobody; null where it does, and for a static segment.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The distribution to whose draft it belongs; null for a segment of its own.</summary>
    public string? DraftOf { get; init; }

    public bool IsStatic => Filter is null && Unreadable is null;
}
