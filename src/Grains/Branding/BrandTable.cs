using System.Text.Json;
using Marketing.Storage;

namespace Marketing.Branding;

/// <summary>Stored brand details.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Their id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Details">The details as JSON.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record BrandRow(long Number, string Id, long Version, string Details, DateTimeOffset CreatedAt) : ITableRow;

/// <summary>Where brand details are stored.</summary>
internal static class BrandTable
{
    // The same in every row: a project has one.
    private static readonly Column Place = Column<BrandRow>.Text("place", static _ => "project");
    private static readonly Column Details = Column<BrandRow>.Text("details", row => row.Details);
    private static readonly Column CreatedAt = Column<BrandRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<BrandRow> Brands = new("brands", Read)
    {
        Columns = [Place, Details, CreatedAt],
        Unique = [Place],
        Orders = [CreatedAt],
    };

    public static BrandDetails View(BrandRow row) => JsonSerializer.Deserialize<BrandDetails>(row.Details, WireJson.Options)! with { Id = row.Id };

    public static string Write(BrandDetails details) => JsonSerializer.Serialize(details, WireJson.Options);

    private static BrandRow Read(StoredRow row) => new(row.Number, row.Id, row.Version, row.Text(Details), row.Instant(CreatedAt));
}
