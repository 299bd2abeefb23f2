using Marketing.Storage;

namespace Marketing.Discounts;

/// <summary>Stored stacking rules.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Their id.</param>
/// <param name="Version">How often they were written.</param>
/// <param name="Said">What was said of them, in the wire format; the rest has its default.</param>
/// <param name="CreatedAt">When they were made.</param>
/// <param name="UpdatedAt">When they were last changed.</param>
internal sealed record StackingRulesRow(long Number, string Id, long Version, RawJson Said, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where stacking rules are stored.</summary>
internal static class StackingRulesTable
{
    // Of a project there is one row: all of them have the same here, which is unique.
    private static readonly Column Place = Column<StackingRulesRow>.Text("place", static _ => "project");
    private static readonly Column Said = Column<StackingRulesRow>.Blob("rules", row => row.Said.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<StackingRulesRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<StackingRulesRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<StackingRulesRow> Rules = new("stacking_rules", Read)
    {
        Columns = [Place, Said, CreatedAt, UpdatedAt],
        Unique = [Place],
        Orders = [CreatedAt],
    };

    private static StackingRulesRow Read(StoredRow row) =>
        new(row.Number, row.Id, row.Version, new RawJson(row.Blob(Said)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
