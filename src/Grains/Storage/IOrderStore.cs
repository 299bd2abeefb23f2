using Marketing.Orders;

namespace Marketing.Storage;

/// <summary>Reads of orders. Writes go through <see cref="ICommitter"/>.</summary>
internal interface IOrderStore
{
    Task<OrderRow?> LoadAsync(int project, string id);

    Task<string?> FindIdBySourceAsync(int project, string sourceId);

    Task<Page<OrderRow>> ListAsync(int project, OrderListQuery query, CancellationToken cancellation);
}

/// <summary>A stored order. Those of earlier versions have no marks until they are written again.</summary>
internal sealed record OrderRow(
    long Number, string Id, string? SourceId, string? CustomerId, long Version, string Status, long TotalAmount, DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt, byte[] Document, OrderMarks? Marks);
