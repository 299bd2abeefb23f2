using Marketing.Catalogue;
using Marketing.Customers;
using Orleans.Concurrency;

namespace Marketing.Segments;

[GrainType("segment-queries"), StatelessWorker, Reentrant]
internal sealed class SegmentQueriesGrain(ISegmentStore store, ICustomerStore customers, Catalogues catalogues, SegmentPreviews previews, TimeProvider clock) : Grain, ISegmentQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public Task<Page<Segment>> ListAsync(
        int limit, int page, bool ascending, TimeRange? createdAt, IReadOnlyList<string>? ids, string? draftOf, CancellationToken cancellation) =>
        store.ListAsync(Project, limit, page, ascending, createdAt, ids, draftOf, cancellation);

    public async Task<IReadOnlyList<SegmentReference>> SearchAsync(string text, int limit, CancellationToken cancellation) =>
    [
        .. (await catalogues.FreshAsync(Project)).Segments.All
            .Where(segment => segment.DraftOf is null && segment.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static segment => segment.Name, StringComparer.Ordinal).Take(limit).Select(static segment => new SegmentReference(segment.Id, segment.Name)),
    ];

    public async Task<IReadOnlyList<SegmentPulse>> PulsesAsync(CancellationToken cancellation) =>
        [.. (await catalogues.GetAsync(Project)).Segments.All.Select(static segment => new SegmentPulse(segment.Id, segment.Name, segment.Synced, segment.Baseline))];

    public Task<SegmentPreviewResult> PreviewAsync(RawJson filter, CancellationToken cancellation) => previews.OfAsync(Project, filter, cancellation);

    public async Task<Page<Customer>?> MembersAsync(string segmentId, CustomerListQuery query, CancellationToken cancellation)
    {
        if ((await catalogues.FreshAsync(Project)).Segments.Find(segmentId) is not { } segment)
        {
            return null;
        }

        var page = await customers.ListAsync(Project, query, segment.Number, cancellation);
        return page.Of<Customer>([.. page.Items.Select(row => CustomerJson.Read(row.Document))]);
    }

    public async Task<IReadOnlyList<SegmentReference>> OfCustomerAsync(string customerId, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        var found = await customers.FindAsync(Project, customerId) is { } row
            ? await SegmentMembership.OfAsync(row, catalogue, store)
            : SegmentMembership.Matching(
                CustomerJson.Write(new Customer { Id = customerId, CreatedAt = clock.GetUtcNow() }), catalogue, _ => clock.GetUtcNow());
        return [.. found.Select(segment => new SegmentReference(segment.Id, segment.Name))];
    }
}
