using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Segments;

[GrainType("segment-queries"), StatelessWorker, Reentrant]
internal sealed class SegmentQueriesGrain(ISegmentStore store) : Grain, ISegmentQueriesGrain
{
    public Task<Page<Segment>> ListAsync(
        int limit, int page, bool ascending, TimeRange? createdAt, IReadOnlyList<string>? ids, CancellationToken cancellation) =>
        store.ListAsync((int)this.GetPrimaryKeyLong(), limit, page, ascending, createdAt, ids, cancellation);
}
