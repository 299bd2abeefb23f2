using Marketing.Storage;

namespace Marketing.Vouchers.Generation;

/// <summary>Numbers of vouchers of a campaign that may be free: none was given out without a holder being written.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Campaign and number of the row.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Campaign">The campaign's number.</param>
/// <param name="First">The first voucher.</param>
/// <param name="Last">The last voucher.</param>
/// <param name="LeasedBy">The silo that works through it; null for nobody.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record CodeRangeRow(
    long Number, string Id, long Version, long Campaign, long First, long Last, string? LeasedBy, DateTimeOffset CreatedAt) : ITableRow
{
    public static CodeRangeRow New(long number, long campaign, long first, long last, string? leasedBy, DateTimeOffset now) =>
        new(number, $"{campaign}/{number}", 0, campaign, first, last, leasedBy, now);
}

/// <summary>Where ranges of codes are stored.</summary>
internal static class CodeRangeTable
{
    public static readonly Column Campaign = Column<CodeRangeRow>.Number("campaign", row => row.Campaign);

    private static readonly Column First = Column<CodeRangeRow>.Number("first", row => row.First);
    private static readonly Column Last = Column<CodeRangeRow>.Number("last", row => row.Last);
    private static readonly Column LeasedBy = Column<CodeRangeRow>.Text("leased_by", row => row.LeasedBy);
    private static readonly Column CreatedAt = Column<CodeRangeRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<CodeRangeRow> Ranges = new("code_ranges", Read)
    {
        Columns = [Campaign, First, Last, LeasedBy, CreatedAt],
        Groups = [Campaign],
        Orders = [CreatedAt],
    };

    private static CodeRangeRow Read(StoredRow row) =>
        new(row.Number, row.Id, row.Version, row.Count(Campaign), row.Count(First), row.Count(Last), row.TextOrNull(LeasedBy), row.Instant(CreatedAt));
}
