using Marketing.Customers;

namespace Marketing.Segments;

/// <summary>Answer to a look at a filter.</summary>
[GenerateSerializer, Immutable, Alias("segment-preview-result")]
public abstract record SegmentPreviewResult
{
    /// <summary>Whom it has.</summary>
    /// <param name="Count">How many of those that were looked at.</param>
    /// <param name="Checked">How many were looked at.</param>
    /// <param name="Total">How many customers there are, about.</param>
    /// <param name="Exact">Whether all of them were looked at.</param>
    /// <param name="Sample">Some whom it has, those that were created first.</param>
    [GenerateSerializer, Immutable, Alias("segment-preview-result.counted")]
    public sealed record Counted(
        [property: Id(0)] long Count, [property: Id(1)] long Checked, [property: Id(2)] long Total, [property: Id(3)] bool Exact, [property: Id(4)] IReadOnlyList<Customer> Sample) : SegmentPreviewResult;

    /// <summary>The filter is not understood: where, and why.</summary>
    [GenerateSerializer, Immutable, Alias("segment-preview-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : SegmentPreviewResult;

    /// <summary>Too many are being counted; asking again later may help.</summary>
    [GenerateSerializer, Immutable, Alias("segment-preview-result.busy")]
    public sealed record Busy : SegmentPreviewResult;
}
