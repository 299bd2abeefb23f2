using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Segments;

/// <summary>Which segments a customer belongs to: by the filter for dynamic ones, by the row for static ones and for those whose filter is not understood.</summary>
internal static class SegmentMembership
{
    public static async Task<IReadOnlyList<SegmentEntry>> OfAsync(CustomerRow row, CatalogueSnapshot catalogue, ISegmentStore store)
    {
        var result = Matching(row.Document, catalogue, segment => row.EvaluatedAt > segment.Baseline ? row.EvaluatedAt : segment.Baseline);
        foreach (var segment in catalogue.Segments.Where(segment => segment.Filter is null))
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
        var (values, _) = catalogue.Buffers();
        catalogue.Filters.Read(document, values);
        return [.. catalogue.Dynamic.Where((segment, index) => catalogue.Filters.Matches(index, values, lookedAt(segment)))];
    }
}
