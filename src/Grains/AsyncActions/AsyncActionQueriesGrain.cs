using Orleans.Concurrency;

namespace Marketing.AsyncActions;

[GrainType("async-action-queries"), StatelessWorker, Reentrant]
internal sealed class AsyncActionQueriesGrain(IAsyncActionStore store) : Grain, IAsyncActionQueriesGrain
{
    public async Task<Page<AsyncAction>> ListAsync(int limit, DateTimeOffset? end, CancellationToken cancellation)
    {
        var page = await store.ListAsync((int)this.GetPrimaryKeyLong(), limit, end, cancellation);
        return new Page<AsyncAction>([.. page.Items.Select(AsyncActionViews.View)], page.Total, page.HasMore);
    }
}
