using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>A stored tier of a loyalty programme.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id"><c>ltr_…</c></param>
/// <param name="Version">How often it was written.</param>
/// <param name="Campaign">Number of the campaign.</param>
/// <param name="Name">The name.</param>
/// <param name="From">From so many points on.</param>
/// <param name="Fields">Its other fields in the wire format: points, earning_rules, rewards.</param>
/// <param name="Metadata">The shop's own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record TierRow(
    long Number, string Id, long Version, long Campaign, string Name, long From, RawJson Fields, RawJson Metadata, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where tiers of loyalty programmes are stored.</summary>
internal static class TierTable
{
    public static readonly Column Campaign = Column<TierRow>.Number("campaign", row => row.Campaign);

    private static readonly Column Name = Column<TierRow>.Text("name", row => row.Name);
    private static readonly Column From = Column<TierRow>.Number("points_from", row => row.From);
    private static readonly Column Fields = Column<TierRow>.Blob("fields", row => row.Fields.Utf8.ToArray());
    private static readonly Column Metadata = Column<TierRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<TierRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<TierRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<TierRow> Tiers = new("loyalty_tiers", Read)
    {
        Columns = [Campaign, Name, From, Fields, Metadata, CreatedAt, UpdatedAt],
        Groups = [Campaign],
        Orders = [CreatedAt],
    };

    private static TierRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Campaign), row.Text(Name), row.Count(From), new RawJson(row.Blob(Fields)), new RawJson(row.Blob(Metadata)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
