using Marketing.Storage;

namespace Marketing.Connections;

/// <summary>What a provider reported of a message after it had taken it.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Message id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="State">One of <see cref="ReceiptStates"/>.</param>
/// <param name="Reason">Why not.</param>
/// <param name="CreatedAt">When it was first reported.</param>
/// <param name="ExpiresAt">When it is of no more use.</param>
internal sealed record ReceiptRow(long Number, string Id, long Version, string State, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt) : ITableRow;

/// <summary>Where receipts are stored.</summary>
internal static class ReceiptTable
{
    /// <summary>How long they are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    private static readonly Column State = Column<ReceiptRow>.Text("state", row => row.State);
    private static readonly Column Reason = Column<ReceiptRow>.Text("reason", row => row.Reason);
    private static readonly Column CreatedAt = Column<ReceiptRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column ExpiresAt = Column<ReceiptRow>.Instant("expires_at", row => row.ExpiresAt);

    public static readonly Table<ReceiptRow> Receipts = new("receipts", Read)
    {
        Columns = [State, Reason, CreatedAt, ExpiresAt],
        Orders = [CreatedAt],
        Expires = ExpiresAt,
    };

    private static ReceiptRow Read(StoredRow row) =>
        new(row.Number, row.Id, row.Version, row.Text(State), row.TextOrNull(Reason), row.Instant(CreatedAt), row.Instant(ExpiresAt));
}
