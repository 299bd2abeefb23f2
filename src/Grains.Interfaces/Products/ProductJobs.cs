namespace Marketing.Products;

/// <summary>The kinds of background jobs about products.</summary>
public static class ProductJobs
{
    /// <summary>JSON array of <see cref="ProductCommand"/>s by source id; missing products are made.</summary>
    public const string BulkUpdate = "PRODUCTS.BULK_UPDATE";

    /// <summary>Source ids, and metadata for all of them.</summary>
    public const string MetadataUpdate = "PRODUCTS.METADATA_UPDATE";

    /// <summary>CSV of products.</summary>
    public const string Import = "PRODUCTS.IMPORT_CSV";

    /// <summary>CSV of SKUs of products that there are.</summary>
    public const string SkuImport = "SKUS.IMPORT_CSV";
}
