using Marketing.Http;

namespace Marketing.Products;

/// <summary>How lists of products and of SKUs are asked for.</summary>
internal static class ProductLists
{
    private const int MaxPage = 100;

    public static readonly QueryParameter Force = Query.OneOf("force", "Taken as true whatever is given: what is deleted is deleted for good.", "true", "false");

    public static readonly QueryParameter[] Parameters =
    [
        Query.Limit, Query.Page(MaxPage), Query.Order("created_at", "created_at", "updated_at"),
        Query.Instant("start_date", "Only what was created after this time."), Query.Instant("end_date", "Only what was created before this time."),
    ];

    public static ProductListQuery Read(QueryReader query)
    {
        var (start, end) = (query.Instant("start_date"), query.Instant("end_date"));
        return new ProductListQuery(
            query.Limit(), query.Page(MaxPage), query.Order("created_at", "created_at", "updated_at"), start is null && end is null ? null : new TimeRange(end, start));
    }
}

/// <summary>A page of products.</summary>
internal sealed record ProductListResponse(IReadOnlyList<RawJson> Products, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "products";

    /// <summary>Whether there are more than total.</summary>
    public bool? TotalIsMinimum { get; init; }
}

/// <summary>A page of SKUs.</summary>
internal sealed record SkuListResponse(IReadOnlyList<RawJson> Skus, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "skus";
}
