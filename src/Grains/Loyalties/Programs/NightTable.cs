using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>That a project has a loyalty programme, and so nights in which something happens.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">One of a project.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Since">Since when.</param>
internal sealed record NightRow(long Number, string Id, long Version, DateTimeOffset Since) : ITableRow
{
    public const string OfProject = "night";
}

/// <summary>Where it is stored which projects have nights.</summary>
internal static class NightTable
{
    private static readonly Column Since = Column<NightRow>.Instant("since", row => row.Since);

    public static readonly Table<NightRow> Nights = new("loyalty_nights", Read)
    {
        Columns = [Since],
        Orders = [Since],
        Pending = Since,
    };

    private static NightRow Read(StoredRow row) => new(row.Number, row.Id, row.Version, row.Instant(Since));
}
