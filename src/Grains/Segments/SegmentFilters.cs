using Marketing.Customers;
using Marketing.Filters;

namespace Marketing.Segments;

/// <summary>Filters of segments, which are about customers.</summary>
internal static class SegmentFilters
{
    public static FilterSubject Subject { get; } = new(CustomerShape.Customer, CustomerShape.Canonical);

    /// <summary>Understands a filter or says where and why it cannot; never throws, whatever the bytes.</summary>
    public static FilterParseResult Parse(ReadOnlyMemory<byte> json, FilterSettings settings) => FilterParser.Parse(json, Subject, settings);
}
