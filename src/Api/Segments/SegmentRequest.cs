namespace Marketing.Segments;

/// <summary>What defines a segment, as the OpenAPI document shows it.</summary>
internal sealed record SegmentRequest
{
    public required string Name { get; init; }

    /// <summary><c>static</c>, <c>passive</c> or <c>auto-update</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Of a dynamic segment: <c>{"junction":"and","FIELD":{"conditions":{"$OPERATOR":VALUE}}}</c>.</summary>
    public IReadOnlyDictionary<string, object>? Filter { get; init; }

    /// <summary>Of a static segment: customer ids or source ids.</summary>
    public IReadOnlyList<string>? Customers { get; init; }
}
