using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Vouchers.Assets;
using Marketing.Vouchers.Credits;
using Orleans.Concurrency;

namespace Marketing.Vouchers;

[GrainType("voucher-queries"), StatelessWorker, Reentrant]
internal sealed class VoucherQueriesGrain(
    ITableStore<VoucherRow> store, ITableStore<HolderRow> holders, VoucherReads reads, HeldVouchers held, VoucherCredits credits, VoucherAssets assets, ICustomerStore customers, Catalogues catalogues)
    : Grain, IVoucherQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RawJson?> FindAsync(string codeOrId, CancellationToken cancellation)
    {
        var catalogue = await catalogues.GetAsync(Project);
        return await reads.FindRowAsync(catalogue, codeOrId) is { } row ? VoucherShape.Write(await reads.ViewAsync(catalogue, row)) : null;
    }

    public async Task<string?> FindIdAsync(string codeOrId, CancellationToken cancellation) => (await reads.FindRowAsync(await catalogues.GetAsync(Project), codeOrId))?.Id;

    public async Task<string?> CodeOfAssetAsync(string token, CancellationToken cancellation)
    {
        await assets.PrepareAsync();
        return assets.Read(Project, token) is { } number ? (await store.FindManyAsync(Project, [number])).ElementAtOrDefault(0)?.Code : null;
    }

    public async Task<Page<RawJson>?> ListAsync(VoucherListQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.GetAsync(Project);
        if (await PageAsync(catalogue, query, cancellation) is not { } page)
        {
            return null;
        }

        return page.Of<RawJson>([.. (await reads.ViewAsync(catalogue, page.Items)).Select(VoucherShape.Write)]);
    }

    public async Task<Page<RawJson>?> TransactionsAsync(string codeOrId, int limit, string? startingAfter, CancellationToken cancellation)
    {
        var catalogue = await catalogues.GetAsync(Project);
        return await reads.FindRowAsync(catalogue, codeOrId) is { } row ? await credits.ListAsync(catalogue, row, limit, startingAfter, cancellation) : null;
    }

    public async Task<Page<RawJson>?> CampaignTransactionsAsync(string campaign, int limit, string? startingAfter, CancellationToken cancellation) =>
        (await catalogues.GetAsync(Project)).Section<CampaignSection>().Find(campaign) is { } found ? await credits.ListAsync(Project, found, limit, startingAfter, cancellation) : null;

    public async Task<HeldPage?> HeldAsync(HeldQuery query, CancellationToken cancellation) => await held.ListAsync(await catalogues.GetAsync(Project), query);

    private async Task<Page<VoucherRow>?> PageAsync(CatalogueSnapshot catalogue, VoucherListQuery query, CancellationToken cancellation)
    {
        if (query.Code is { } code)
        {
            return await reads.FindRowAsync(catalogue, code) is { } row ? Some([row]) : Some([]);
        }

        if (query.Ids is { } ids)
        {
            return Some([.. (await Task.WhenAll(ids.Distinct().Select(id => reads.FindRowAsync(catalogue, id)))).OfType<VoucherRow>()]);
        }

        var table = new TableQuery(query.Order, query.Limit, query.Page) { Between = query.UpdatedAt ?? query.CreatedAt, BetweenOf = query.UpdatedAt is null ? null : VoucherTable.UpdatedAt };
        if (query.Campaign is { } name)
        {
            return catalogue.Section<CampaignSection>().Find(name) is { } campaign
                ? await store.ListAsync(Project, table with { Within = (VoucherTable.Campaign, campaign.Number) }, cancellation)
                : null;
        }

        if (query.Customer is not { } customer)
        {
            return await store.ListAsync(Project, table, cancellation);
        }

        var person = await customers.FindAsync(Project, customer);
        if (person is null)
        {
            return null;
        }

        var given = await holders.ListAsync(Project, table with { Between = query.CreatedAt, BetweenOf = null, Order = query.Order.Replace("updated_at", "created_at", StringComparison.Ordinal), Within = (HolderTable.Customer, person.Number) }, cancellation);
        var rows = (await store.FindManyAsync(Project, [.. given.Items.Select(static holder => holder.Number)])).ToDictionary(static row => row.Number);
        return given.Of<VoucherRow>([.. given.Items.Select(holder => rows.GetValueOrDefault(holder.Number)).OfType<VoucherRow>()]);
    }

    private static Page<VoucherRow> Some(IReadOnlyList<VoucherRow> rows) => new(rows, rows.Count, HasMore: false);
}
