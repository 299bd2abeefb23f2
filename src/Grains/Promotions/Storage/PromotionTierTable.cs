using Marketing.Storage;

namespace Marketing.Promotions;

/// <summary>A stored tier.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Tier id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Campaign">Number of its campaign.</param>
/// <param name="Name">The name.</param>
/// <param name="IsActive">Whether it is enabled.</param>
/// <param name="Hierarchy">Its place among those of the campaign.</param>
/// <param name="Fields">Its other fields in the wire format: banner, action, dates, category_id.</param>
/// <param name="Metadata">The shop's own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed, or moved by a change of another.</param>
internal sealed record PromotionTierRow(
    long Number, string Id, long Version, long Campaign, string Name, bool IsActive, int Hierarchy, RawJson Fields, RawJson Metadata, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where tiers are stored.</summary>
internal static class PromotionTierTable
{
    public static readonly Column Campaign = Column<PromotionTierRow>.Number("campaign", row => row.Campaign);

    private static readonly Column Name = Column<PromotionTierRow>.Text("name", row => row.Name);
    private static readonly Column IsActive = Column<PromotionTierRow>.Number("active", row => row.IsActive ? 1 : 0);
    private static readonly Column Hierarchy = Column<PromotionTierRow>.Number("hierarchy", row => row.Hierarchy);
    private static readonly Column Fields = Column<PromotionTierRow>.Blob("fields", row => row.Fields.Utf8.ToArray());
    private static readonly Column Metadata = Column<PromotionTierRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<PromotionTierRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<PromotionTierRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<PromotionTierRow> Tiers = new("promotion_tiers", Read)
    {
        Columns = [Campaign, Name, IsActive, Hierarchy, Fields, Metadata, CreatedAt, UpdatedAt],
        Groups = [Campaign],
        Orders = [CreatedAt],
    };

    private static PromotionTierRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Campaign), row.Text(Name), row.Count(IsActive) != 0, (int)row.Count(Hierarchy), new RawJson(row.Blob(Fields)), new RawJson(row.Blob(Metadata)),
        row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
