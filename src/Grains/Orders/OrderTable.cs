using Marketing.Storage;

namespace Marketing.Orders;

/// <summary>A stored order. Those of earlier versions have no marks until they are written again.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Order id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="SourceId">The caller's own id of it.</param>
/// <param name="Customer">Number of the customer whose it is.</param>
/// <param name="CustomerId">Id of the same.</param>
/// <param name="Status">As in the document.</param>
/// <param name="TotalAmount">In the smallest unit of the currency.</param>
/// <param name="CreatedAt">As in the document.</param>
/// <param name="UpdatedAt">As in the document.</param>
/// <param name="Document">The order object as callers get it.</param>
/// <param name="Marks">What it was told of before.</param>
internal sealed record OrderRow(
    long Number, string Id, long Version, string? SourceId, long? Customer, string? CustomerId, string Status, long TotalAmount, DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt, byte[] Document, OrderMarks? Marks) : ITableRow;

/// <summary>Where orders are stored.</summary>
internal static class OrderTable
{
    public static readonly Column SourceId = Column<OrderRow>.Text("source_id", row => row.SourceId);

    private static readonly Column Customer = Column<OrderRow>.Number("customer", row => row.Customer);
    private static readonly Column CustomerId = Column<OrderRow>.Text("customer_id", row => row.CustomerId);
    private static readonly Column Status = Column<OrderRow>.Text("status", row => row.Status);
    private static readonly Column TotalAmount = Column<OrderRow>.Number("total_amount", row => row.TotalAmount);
    private static readonly Column CreatedAt = Column<OrderRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<OrderRow>.Instant("updated_at", row => row.UpdatedAt);
    private static readonly Column Document = Column<OrderRow>.Blob("document", row => row.Document);
    private static readonly Column Marks = Column<OrderRow>.Number("marks", row => (long?)row.Marks);

    public static readonly Table<OrderRow> Orders = new("orders", Read)
    {
        Columns = [SourceId, Customer, CustomerId, Status, TotalAmount, CreatedAt, UpdatedAt, Document, Marks],
        Unique = [SourceId],
        Owner = Customer,
        Orders = [CreatedAt, UpdatedAt],
    };

    private static OrderRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.TextOrNull(SourceId), row.CountOrNull(Customer), row.TextOrNull(CustomerId), row.Text(Status), row.Count(TotalAmount),
        row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt), row.Blob(Document), (OrderMarks?)row.CountOrNull(Marks));
}
