using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>A stored earning rule.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id"><c>ern_…</c></param>
/// <param name="Version">How often it was written.</param>
/// <param name="Campaign">Number of the campaign.</param>
/// <param name="Event">What it listens to, as it was given.</param>
/// <param name="IsActive">Whether it is enabled.</param>
/// <param name="Fields">Its other fields in the wire format.</param>
/// <param name="Metadata">The shop's own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record EarningRuleRow(
    long Number, string Id, long Version, long Campaign, string Event, bool IsActive, RawJson Fields, RawJson Metadata, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where earning rules are stored.</summary>
internal static class EarningRuleTable
{
    public static readonly Column Campaign = Column<EarningRuleRow>.Number("campaign", row => row.Campaign);

    private static readonly Column Event = Column<EarningRuleRow>.Text("event", row => row.Event);
    private static readonly Column IsActive = Column<EarningRuleRow>.Number("active", row => row.IsActive ? 1 : 0);
    private static readonly Column Fields = Column<EarningRuleRow>.Blob("fields", row => row.Fields.Utf8.ToArray());
    private static readonly Column Metadata = Column<EarningRuleRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<EarningRuleRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<EarningRuleRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<EarningRuleRow> Rules = new("loyalty_earning_rules", Read)
    {
        Columns = [Campaign, Event, IsActive, Fields, Metadata, CreatedAt, UpdatedAt],
        Groups = [Campaign],
        Orders = [CreatedAt],
    };

    private static EarningRuleRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Campaign), row.Text(Event), row.Count(IsActive) != 0, new RawJson(row.Blob(Fields)), new RawJson(row.Blob(Metadata)), row.Instant(CreatedAt),
        row.InstantOrNull(UpdatedAt));
}
