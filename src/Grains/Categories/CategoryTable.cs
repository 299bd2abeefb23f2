using Marketing.Storage;

namespace Marketing.Categories;

/// <summary>A stored category.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Category id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Hierarchy">Its place.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record CategoryRow(
    long Number, string Id, long Version, string Name, int Hierarchy, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where categories are stored.</summary>
internal static class CategoryTable
{
    private static readonly Column Name = Column<CategoryRow>.Text("name", row => row.Name);
    private static readonly Column Hierarchy = Column<CategoryRow>.Number("hierarchy", row => row.Hierarchy);
    private static readonly Column CreatedAt = Column<CategoryRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<CategoryRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<CategoryRow> Categories = new("categories", Read)
    {
        Columns = [Name, Hierarchy, CreatedAt, UpdatedAt],
        Orders = [CreatedAt],
    };

    /// <summary>A row as callers see it.</summary>
    public static Category View(CategoryRow row) =>
        new() { Id = row.Id, Name = row.Name, Hierarchy = row.Hierarchy, CreatedAt = row.CreatedAt, UpdatedAt = row.UpdatedAt };

    private static CategoryRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Name), (int)row.Count(Hierarchy), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
