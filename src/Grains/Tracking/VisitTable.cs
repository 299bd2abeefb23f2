using Marketing.Storage;

namespace Marketing.Tracking;

/// <summary>What was done with a tracked message.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Message id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="OpenedAt">When a person opened it first.</param>
/// <param name="Opens">How often.</param>
/// <param name="ClickedAt">When a person first followed one of its links.</param>
/// <param name="Clicks">How often.</param>
/// <param name="MachineAt">When a program first looked into it.</param>
/// <param name="Machines">How often.</param>
/// <param name="CreatedAt">When it was first written.</param>
/// <param name="ExpiresAt">When it is of no more use.</param>
internal sealed record VisitRow(
    long Number, string Id, long Version, DateTimeOffset? OpenedAt, long Opens, DateTimeOffset? ClickedAt, long Clicks, DateTimeOffset? MachineAt, long Machines, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
    : ITableRow;

/// <summary>Where that is stored.</summary>
internal static class VisitTable
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    private static readonly Column OpenedAt = Column<VisitRow>.Instant("opened_at", row => row.OpenedAt);
    private static readonly Column Opens = Column<VisitRow>.Number("opens", row => row.Opens);
    private static readonly Column ClickedAt = Column<VisitRow>.Instant("clicked_at", row => row.ClickedAt);
    private static readonly Column Clicks = Column<VisitRow>.Number("clicks", row => row.Clicks);
    private static readonly Column MachineAt = Column<VisitRow>.Instant("machine_at", row => row.MachineAt);
    private static readonly Column Machines = Column<VisitRow>.Number("machines", row => row.Machines);
    private static readonly Column CreatedAt = Column<VisitRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column ExpiresAt = Column<VisitRow>.Instant("expires_at", row => row.ExpiresAt);

    public static readonly Table<VisitRow> Visits = new("message_visits", Read)
    {
        Columns = [OpenedAt, Opens, ClickedAt, Clicks, MachineAt, Machines, CreatedAt, ExpiresAt],
        Orders = [CreatedAt],
        Expires = ExpiresAt,
    };

    private static VisitRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.InstantOrNull(OpenedAt), row.Count(Opens), row.InstantOrNull(ClickedAt), row.Count(Clicks), row.InstantOrNull(MachineAt), row.Count(Machines), row.Instant(CreatedAt),
        row.Instant(ExpiresAt));
}
