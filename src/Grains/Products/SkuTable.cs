using Marketing.Storage;

namespace Marketing.Products;

/// <summary>A stored SKU.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">SKU id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="SourceId">The shop's own id of it.</param>
/// <param name="Product">Number of its product.</param>
/// <param name="ProductId">Id of the same.</param>
/// <param name="Sku">The name.</param>
/// <param name="Price">In minor units.</param>
/// <param name="Currency">Of the price.</param>
/// <param name="Attributes">A JSON object.</param>
/// <param name="ImageUrl">Where a picture is.</param>
/// <param name="Metadata">A JSON object.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record SkuRow(
    long Number, string Id, long Version, string? SourceId, long Product, string ProductId, string? Sku, long? Price, string? Currency, RawJson Attributes, string? ImageUrl,
    RawJson Metadata, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where SKUs are stored.</summary>
internal static class SkuTable
{
    public static readonly Column SourceId = Column<SkuRow>.Text("source_id", row => row.SourceId);
    public static readonly Column Product = Column<SkuRow>.Number("product", row => row.Product);

    private static readonly Column ProductId = Column<SkuRow>.Text("product_id", row => row.ProductId);
    private static readonly Column Sku = Column<SkuRow>.Text("sku", row => row.Sku);
    private static readonly Column Price = Column<SkuRow>.Number("price", row => row.Price);
    private static readonly Column Currency = Column<SkuRow>.Text("currency", row => row.Currency);
    private static readonly Column Attributes = Column<SkuRow>.Blob("attributes", row => row.Attributes.Utf8.ToArray());
    private static readonly Column ImageUrl = Column<SkuRow>.Text("image_url", row => row.ImageUrl);
    private static readonly Column Metadata = Column<SkuRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<SkuRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<SkuRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<SkuRow> Skus = new("skus", Read)
    {
        Columns = [SourceId, Product, ProductId, Sku, Price, Currency, Attributes, ImageUrl, Metadata, CreatedAt, UpdatedAt],
        Unique = [SourceId],
        Groups = [Product],
        Orders = [CreatedAt, UpdatedAt],
    };

    private static SkuRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.TextOrNull(SourceId), row.Count(Product), row.Text(ProductId), row.TextOrNull(Sku), row.CountOrNull(Price),
        row.TextOrNull(Currency), new RawJson(row.Blob(Attributes)), row.TextOrNull(ImageUrl), new RawJson(row.Blob(Metadata)), row.Instant(CreatedAt),
        row.InstantOrNull(UpdatedAt));
}
