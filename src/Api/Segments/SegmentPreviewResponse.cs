using Marketing.Customers;

namespace Marketing.Segments;

/// <summary>A filter to be looked at.</summary>
internal sealed record SegmentPreviewRequest
{
    /// <summary>As of a segment: <c>{"junction":"and","FIELD":{"conditions":{"$OPERATOR":VALUE}}}</c>.</summary>
    public required IReadOnlyDictionary<string, object> Filter { get; init; }
}

/// <summary>Whom a filter has.</summary>
/// <param name="Count">How many of the customers that were looked at.</param>
/// <param name="Exact">Whether all were looked at.</param>
/// <param name="Checked">How many were looked at.</param>
/// <param name="Total">How many customers there are, about.</param>
/// <param name="Customers">Up to ten whom it has, those that were created first.</param>
internal sealed record SegmentPreviewResponse(long Count, bool Exact, long Checked, long Total, IReadOnlyList<SegmentSample> Customers)
{
    public string Object { get; } = "segment_preview";

    public static SegmentPreviewResponse From(SegmentPreviewResult.Counted counted) =>
        new(counted.Count, counted.Exact, counted.Checked, counted.Total, [.. counted.Sample.Select(SegmentSample.From)]);
}

/// <summary>One of the customers.</summary>
internal sealed record SegmentSample(string Id, string? SourceId, string? Name, string? Email, DateTimeOffset CreatedAt)
{
    public static SegmentSample From(Customer customer) => new(customer.Id, customer.SourceId, customer.Name, customer.Email, customer.CreatedAt);
}
