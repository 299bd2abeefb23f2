using Marketing.Storage;

namespace Marketing.ProductCollections;

/// <summary>A stored collection.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Collection id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Type">One of <see cref="CollectionTypes"/>.</param>
/// <param name="Content">Of a static one its members, a JSON array; otherwise its filter.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record ProductCollectionRow(
    long Number, string Id, long Version, string Name, string Type, RawJson Content, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow
{
    public bool IsStatic => Type == CollectionTypes.Static;
}

/// <summary>Where collections are stored.</summary>
internal static class ProductCollectionTable
{
    public static readonly Column Name = Column<ProductCollectionRow>.Text("name", row => row.Name);

    private static readonly Column Type = Column<ProductCollectionRow>.Text("type", row => row.Type);
    private static readonly Column Content = Column<ProductCollectionRow>.Blob("content", row => row.Content.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<ProductCollectionRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<ProductCollectionRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<ProductCollectionRow> Collections = new("product_collections", Read)
    {
        Columns = [Name, Type, Content, CreatedAt, UpdatedAt],
        Unique = [Name],
        Orders = [CreatedAt, UpdatedAt],
    };

    private static ProductCollectionRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Name), row.Text(Type), new RawJson(row.Blob(Content)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
