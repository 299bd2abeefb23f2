using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Orders;

[GrainType("order-queries"), StatelessWorker, Reentrant]
internal sealed class OrderQueriesGrain(ITableStore<OrderRow> store) : Grain, IOrderQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RawJson?> FindAsync(string idOrSourceId, CancellationToken cancellation)
    {
        var row = await store.FindAsync(Project, idOrSourceId) ?? await store.FindAsync(Project, OrderTable.SourceId, idOrSourceId);
        return row is null ? null : new RawJson(row.Document);
    }

    public async Task<string> ResolveAsync(string? id, string? sourceId, CancellationToken cancellation)
    {
        if (id is not null)
        {
            return id;
        }

        return sourceId is null
            ? ObjectIds.New("ord_")
            : (await store.FindAsync(Project, OrderTable.SourceId, sourceId))?.Id ?? ObjectIds.FromSource("ord_", Project, sourceId);
    }

    public async Task<Page<RawJson>> ListAsync(OrderListQuery query, CancellationToken cancellation)
    {
        var page = await store.ListAsync(Project, new TableQuery(query.Order, query.Limit, query.Page), cancellation);
        return new Page<RawJson>([.. page.Items.Select(row => new RawJson(row.Document))], page.Total, page.HasMore);
    }
}
