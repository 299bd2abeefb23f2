using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Orders;

[GrainType("order-queries"), StatelessWorker, Reentrant]
internal sealed class OrderQueriesGrain(IOrderStore store) : Grain, IOrderQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RawJson?> FindAsync(string idOrSourceId, CancellationToken cancellation)
    {
        var row = await store.LoadAsync(Project, idOrSourceId);
        if (row is null && await store.FindIdBySourceAsync(Project, idOrSourceId) is { } id)
        {
            row = await store.LoadAsync(Project, id);
        }

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
            : await store.FindIdBySourceAsync(Project, sourceId) ?? ObjectIds.FromSource("ord_", Project, sourceId);
    }

    public async Task<Page<RawJson>> ListAsync(OrderListQuery query, CancellationToken cancellation)
    {
        var page = await store.ListAsync(Project, query, cancellation);
        return new Page<RawJson>([.. page.Items.Select(row => new RawJson(row.Document))], page.Total, page.HasMore);
    }
}
