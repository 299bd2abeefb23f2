using Marketing.Catalogue;
using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.ProductCollections;

[GrainType("product-collection-queries"), StatelessWorker, Reentrant]
internal sealed class ProductCollectionQueriesGrain(ITableStore<ProductCollectionRow> store, CollectedProducts products, Catalogues catalogues)
    : Grain, IProductCollectionQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<CollectionView?> FindAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(Project, id) is { } row ? CollectionRules.View(row) : null;

    public async Task<Page<CollectionView>> ListAsync(int limit, int page, string order, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Project, new TableQuery(order, limit, page), cancellation);
        return found.Of<CollectionView>([.. found.Items.Select(CollectionRules.View)]);
    }

    public async Task<Page<RawJson>?> ProductsAsync(string id, CollectedProductsQuery query, CancellationToken cancellation)
    {
        if (await store.FindAsync(Project, id) is not { } row)
        {
            return null;
        }

        if (row.IsStatic)
        {
            return await products.OfMembersAsync(Project, CollectionRules.MembersOf(row), query, cancellation);
        }

        return (await catalogues.FreshAsync(Project)).ProductCollections.Find(id)?.Filter is { } filter
            ? await products.MatchingAsync(Project, filter, query, cancellation)
            : new Page<RawJson>([], 0, HasMore: false);
    }
}
