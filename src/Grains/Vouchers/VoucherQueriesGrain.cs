using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.Vouchers.Assets;
using Marketing.Vouchers.Credits;
using Orleans.Concurrency;

namespace Marketing.Vouchers;

[GrainType("voucher-queries"), StatelessWorker, Reentrant]
internal sealed class VoucherQueriesGrain(
    ITableStore<VoucherRow> store, VoucherReads reads, VoucherList list, HeldVouchers held, VoucherCredits credits, VoucherAssets assets, Catalogues catalogues)
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

    public async Task<Listed> ListAsync(VoucherListQuery query, CancellationToken cancellation) => await list.ListAsync(await catalogues.GetAsync(Project), query, cancellation);

    public async Task<Listed> TransactionsAsync(string codeOrId, LedgerQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.GetAsync(Project);
        return await reads.FindRowAsync(catalogue, codeOrId) is { } row ? await credits.ListAsync(catalogue, row, query, cancellation) : Listed.Missing("voucher", codeOrId);
    }

    public async Task<Listed> CampaignTransactionsAsync(string campaign, LedgerQuery query, CancellationToken cancellation)
    {
        var catalogue = await catalogues.GetAsync(Project);
        return catalogue.Section<CampaignSection>().Find(campaign) is { } found ? await credits.ListAsync(catalogue, found, query, cancellation) : Listed.Missing("campaign", campaign);
    }

    public async Task<HeldPage?> HeldAsync(HeldQuery query, CancellationToken cancellation) => await held.ListAsync(await catalogues.GetAsync(Project), query);
}
