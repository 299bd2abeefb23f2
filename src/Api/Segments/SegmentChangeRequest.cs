using Marketing.Http;

namespace Marketing.Segments;

/// <summary>What may change of a segment. The rest of the object may be sent with it as it was read.</summary>
[AnsweredAs(typeof(SegmentResponse))]
internal sealed record SegmentChangeRequest
{
    public string? Name { get; init; }

    /// <summary>Of a <c>passive</c> segment: <c>{"junction":"and","FIELD":{"conditions":{"$OPERATOR":VALUE}}}</c>.</summary>
    public IReadOnlyDictionary<string, object>? Filter { get; init; }
}
