using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Products;

[GrainType("product-queries"), StatelessWorker, Reentrant]
internal sealed class ProductQueriesGrain(ITableStore<ProductRow> products, ITableStore<SkuRow> skus) : Grain, IProductQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RawJson?> FindAsync(string idOrSourceId, CancellationToken cancellation)
    {
        if (await FindRowAsync(idOrSourceId) is not { } row)
        {
            return null;
        }

        var below = await skus.FindManyAsync(Project, SkuTable.Product, [row.Number], ProductLimits.SkusOfProduct);
        return ProductShape.Write(row, below, below.Count);
    }

    public async Task<string?> FindIdAsync(string idOrSourceId, CancellationToken cancellation) => (await FindRowAsync(idOrSourceId))?.Id;

    public async Task<string> ResolveAsync(string sourceId, CancellationToken cancellation) =>
        (await products.FindAsync(Project, ProductTable.SourceId, sourceId))?.Id ?? ObjectIds.FromSource("prod_", Project, sourceId);

    public async Task<Page<RawJson>> ListAsync(ProductListQuery query, CancellationToken cancellation)
    {
        var page = await products.ListAsync(Project, Query(query), cancellation);
        long[] shown = [.. page.Items.Select(row => row.Number)];
        var below = (await skus.FindManyAsync(Project, SkuTable.Product, shown, ProductLimits.SkusInLists)).ToLookup(row => row.Product);
        var counts = await skus.CountAsync(Project, SkuTable.Product, shown);
        return page.Of<RawJson>([.. page.Items.Select(row => ProductShape.Write(row, below[row.Number], counts.GetValueOrDefault(row.Number)))]);
    }

    public async Task<RawJson?> FindSkuAsync(string idOrSourceId, CancellationToken cancellation) =>
        await FindSkuRowAsync(idOrSourceId) is { } row ? ProductShape.Write(row) : null;

    public async Task<string?> FindSkuIdAsync(string idOrSourceId, CancellationToken cancellation) => (await FindSkuRowAsync(idOrSourceId))?.Id;

    public async Task<string> ResolveSkuAsync(string sourceId, CancellationToken cancellation) =>
        (await skus.FindAsync(Project, SkuTable.SourceId, sourceId))?.Id ?? ObjectIds.FromSource("sku_", Project, sourceId);

    public async Task<Page<RawJson>?> ListSkusAsync(string productIdOrSourceId, ProductListQuery query, CancellationToken cancellation)
    {
        if (await FindRowAsync(productIdOrSourceId) is not { } product)
        {
            return null;
        }

        var page = await skus.ListAsync(Project, Query(query) with { Within = (SkuTable.Product, product.Number) }, cancellation);
        return page.Of<RawJson>([.. page.Items.Select(ProductShape.Write)]);
    }

    private static TableQuery Query(ProductListQuery query) => new(query.Order, query.Limit, query.Page) { Between = query.CreatedAt };

    private async Task<ProductRow?> FindRowAsync(string idOrSourceId) =>
        await products.FindAsync(Project, idOrSourceId) ?? await products.FindAsync(Project, ProductTable.SourceId, idOrSourceId);

    private async Task<SkuRow?> FindSkuRowAsync(string idOrSourceId) =>
        await skus.FindAsync(Project, idOrSourceId) ?? await skus.FindAsync(Project, SkuTable.SourceId, idOrSourceId);
}
