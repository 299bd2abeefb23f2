namespace Marketing.Segments;

/// <summary>What defines a segment.</summary>
internal sealed record SegmentRequest
{
    public required string Name { get; init; }

    /// <summary>
    /// <c>static</c>: the customers that are given. <c>passive</c> or <c>auto-update</c>: those who meet the filter, as they change; entering and leaving are events for <c>auto-update</c> only. A passive
    /// segment becomes <c>auto-update</c> when an active distribution is triggered by it.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>Of a <c>passive</c> or <c>auto-update</c> segment: <c>{"junction":"and","FIELD":{"conditions":{"$OPERATOR":VALUE}}}</c>.</summary>
    public IReadOnlyDictionary<string, object>? Filter { get; init; }

    /// <summary>Of a <c>static</c> segment: customer ids or source ids.</summary>
    public IReadOnlyList<string>? Customers { get; init; }

    /// <summary>The distribution, still a draft, that it is made for.</summary>
    public string? DraftOf { get; init; }
}
