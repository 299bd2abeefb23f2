using Marketing.Catalogue;
using Marketing.Customers;

namespace Marketing.Segments;

/// <summary>Which segments a customer belongs to: by the filter for dynamic ones, by the row for static ones and for those whose filter is not understood.</summary>
internal static class SegmentMembership
{
    public static async Task<IReadOnlyList<SegmentEntry>> OfAsync(CustomerRow row, CatalogueSnapshot catalogue, ISegmentStore store)
    {
        var result = Matching(row.Document, catalogue, segment => segment.LookedAt(row.EvaluatedAt));
        foreach (var segment in catalogue.Segments.All.Where(segment => segment.Filter is null))
        {
            if (await store.IsMemberAsync(segment.Number, row.Number))
            {
                result.Add(segment);
            }
        }

        return result;
    }

    /// <summary>The dynamic segments a document matches.</summary>
    public static List<SegmentEntry> Matching(byte[] document, CatalogueSnapshot catalogue, Func<SegmentEntry, DateTimeOffset> lookedAt)
    {
        var segments = catalogue.Segments;
        var (values, _) = segments.Buffers();
        segments.Filters.Read(document, values);
        return [.. segments.Dynamic.Where((segment, index) => segments.Filters.Matches(index, values, lookedAt(segment)))];
    }
}
