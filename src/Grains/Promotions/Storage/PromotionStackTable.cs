using System.Text.Json;
using Marketing.Storage;

namespace Marketing.Promotions;

/// <summary>A stored stack.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Stack id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Campaign">Number of its campaign.</param>
/// <param name="Name">The name.</param>
/// <param name="Tiers">Ids of its tiers in their order, a JSON array.</param>
/// <param name="CategoryId">Its category.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record PromotionStackRow(
    long Number, string Id, long Version, long Campaign, string Name, RawJson Tiers, string? CategoryId, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow
{
    public IReadOnlyList<string> TierIds => JsonSerializer.Deserialize<string[]>(Tiers.Utf8.Span)!;

    public static RawJson ListOf(IEnumerable<string> tiers) => new(JsonSerializer.SerializeToUtf8Bytes(tiers));
}

/// <summary>Where stacks are stored.</summary>
internal static class PromotionStackTable
{
    public static readonly Column Campaign = Column<PromotionStackRow>.Number("campaign", row => row.Campaign);

    private static readonly Column Name = Column<PromotionStackRow>.Text("name", row => row.Name);
    private static readonly Column Tiers = Column<PromotionStackRow>.Blob("tiers", row => row.Tiers.Utf8.ToArray());
    private static readonly Column CategoryId = Column<PromotionStackRow>.Text("category_id", row => row.CategoryId);
    private static readonly Column CreatedAt = Column<PromotionStackRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<PromotionStackRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<PromotionStackRow> Stacks = new("promotion_stacks", Read)
    {
        Columns = [Campaign, Name, Tiers, CategoryId, CreatedAt, UpdatedAt],
        Groups = [Campaign],
        Orders = [CreatedAt],
    };

    private static PromotionStackRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Campaign), row.Text(Name), new RawJson(row.Blob(Tiers)), row.TextOrNull(CategoryId), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
