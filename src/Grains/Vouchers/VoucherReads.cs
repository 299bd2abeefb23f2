using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers.Assets;

namespace Marketing.Vouchers;

/// <summary>Reads vouchers with everything they are decided by, many at once.</summary>
internal sealed class VoucherReads(
    ITableStore<VoucherRow> vouchers, ITableStore<HolderRow> holders, IBalanceStore balances, ITallyStore tallies, ICustomerStore customers, VoucherAssets assets)
{
    /// <summary>A voucher by code or id (the code wins), or null.</summary>
    public async Task<VoucherRow?> FindRowAsync(CatalogueSnapshot catalogue, string codeOrId) =>
        await vouchers.FindAsync(catalogue.Project, VoucherTable.CodeKey, CodeKeys.Of(codeOrId, catalogue.Section<ProjectSection>().CaseSensitiveCodes))
        ?? await vouchers.FindAsync(catalogue.Project, codeOrId);

    /// <summary>Those vouchers as they are now, in the order of the rows.</summary>
    public async Task<IReadOnlyList<VoucherView>> ViewAsync(CatalogueSnapshot catalogue, IReadOnlyCollection<VoucherRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        await assets.PrepareAsync();
        var (project, section) = (catalogue.Project, catalogue.Section<CampaignSection>());
        var given = (await holders.FindManyAsync(project, [.. rows.Select(static row => row.Number)])).ToDictionary(static holder => holder.Number);
        var gifts = rows.Where(static row => row.Type == VoucherTypes.Gift).Select(static row => row.Number).ToList();
        var held = await balances.ReadAsync(project, [.. rows.Select(static row => VoucherAccounts.Uses(row.Number)), .. gifts.Select(VoucherAccounts.Credits)]);
        var moved = gifts.Count == 0 ? null : await tallies.ReadAsync(project, [.. gifts.Select(VoucherAccounts.Added), .. gifts.Select(VoucherAccounts.Subtracted)]);
        var people = given.Count == 0
            ? []
            : (await customers.LoadManyAsync(project, [.. given.Values.Select(static holder => holder.Customer).Distinct()])).ToDictionary(static row => row.Number);
        return
        [
            .. rows.Select(row => new VoucherView(catalogue, row, section.Find(row.Campaign), given.GetValueOrDefault(row.Number))
            {
                Links = assets.LinksOf(project, row.Number),
                Uses = held[VoucherAccounts.Uses(row.Number)],
                Credits = held.GetValueOrDefault(VoucherAccounts.Credits(row.Number)),
                Added = moved?.GetValueOrDefault(VoucherAccounts.Added(row.Number)) ?? 0,
                Subtracted = moved?.GetValueOrDefault(VoucherAccounts.Subtracted(row.Number)) ?? 0,
                HolderId = given.TryGetValue(row.Number, out var holder) ? people.GetValueOrDefault(holder.Customer)?.Id : null,
                Person = holder is null ? null : people.GetValueOrDefault(holder.Customer),
            }),
        ];
    }

    public async Task<VoucherView> ViewAsync(CatalogueSnapshot catalogue, VoucherRow row) => (await ViewAsync(catalogue, [row]))[0];
}
