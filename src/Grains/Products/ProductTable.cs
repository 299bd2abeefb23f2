using Marketing.Storage;

namespace Marketing.Products;

/// <summary>A stored product.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Product id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="SourceId">The shop's own id of it.</param>
/// <param name="Name">The name.</param>
/// <param name="Price">In minor units.</param>
/// <param name="Attributes">A JSON array of texts.</param>
/// <param name="ImageUrl">Where a picture is.</param>
/// <param name="Metadata">A JSON object.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record ProductRow(
    long Number, string Id, long Version, string? SourceId, string? Name, long? Price, RawJson Attributes, string? ImageUrl, RawJson Metadata, DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where products are stored.</summary>
internal static class ProductTable
{
    public static readonly Column SourceId = Column<ProductRow>.Text("source_id", row => row.SourceId);

    private static readonly Column Name = Column<ProductRow>.Text("name", row => row.Name);
    private static readonly Column Price = Column<ProductRow>.Number("price", row => row.Price);
    private static readonly Column Attributes = Column<ProductRow>.Blob("attributes", row => row.Attributes.Utf8.ToArray());
    private static readonly Column ImageUrl = Column<ProductRow>.Text("image_url", row => row.ImageUrl);
    private static readonly Column Metadata = Column<ProductRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<ProductRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<ProductRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<ProductRow> Products = new("products", Read)
    {
        Columns = [SourceId, Name, Price, Attributes, ImageUrl, Metadata, CreatedAt, UpdatedAt],
        Unique = [SourceId],
        Orders = [CreatedAt, UpdatedAt],
    };

    private static ProductRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.TextOrNull(SourceId), row.TextOrNull(Name), row.CountOrNull(Price), new RawJson(row.Blob(Attributes)), row.TextOrNull(ImageUrl),
        new RawJson(row.Blob(Metadata)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
