using System.Collections.Frozen;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers.Assets;

namespace Marketing.Vouchers;

/// <summary>Reads vouchers with everything they are decided by, many at once.</summary>
internal sealed class VoucherReads(
    ITableStore<VoucherRow> vouchers, ITableStore<HolderRow> holders, IBalanceStore balances, ITallyStore tallies, ICustomerStore customers, VoucherAssets assets, ILoyaltyCards cards)
{
    /// <summary>A voucher by code or id (the code wins), or null.</summary>
    public async Task<VoucherRow?> FindRowAsync(CatalogueSnapshot catalogue, string codeOrId) =>
        await vouchers.FindAsync(catalogue.Project, VoucherTable.CodeKey, CodeKeys.Of(codeOrId, catalogue.Section<ProjectSection>().CaseSensitiveCodes))
        ?? await vouchers.FindAsync(catalogue.Project, codeOrId);

    /// <summary>A voucher by its number, or null.</summary>
    public async Task<VoucherRow?> FindRowByNumberAsync(int project, long number) => (await vouchers.FindManyAsync(project, [number])).ElementAtOrDefault(0);

    /// <summary>Vouchers by code or id (the code wins), by what was asked for; those that are not there are missing.</summary>
    public async Task<IReadOnlyDictionary<string, VoucherRow>> FindRowsAsync(CatalogueSnapshot catalogue, IReadOnlyCollection<string> codesOrIds)
    {
        var found = new Dictionary<string, VoucherRow>(StringComparer.Ordinal);
        if (codesOrIds.Count == 0)
        {
            return found;
        }

        var caseSensitive = catalogue.Section<ProjectSection>().CaseSensitiveCodes;
        var asked = codesOrIds.ToLookup(code => CodeKeys.Of(code, caseSensitive), StringComparer.Ordinal);
        foreach (var row in await vouchers.FindManyAsync(catalogue.Project, VoucherTable.CodeKey, [.. asked.Select(static same => same.Key)]))
        {
            foreach (var code in asked[row.CodeKey])
            {
                found[code] = row;
            }
        }

        string[] ids = [.. codesOrIds.Where(code => !found.ContainsKey(code) && code.StartsWith("v_", StringComparison.Ordinal))];
        foreach (var row in ids.Length == 0 ? [] : await vouchers.FindManyAsync(catalogue.Project, ids))
        {
            found[row.Id] = row;
        }

        return found;
    }

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
        var moved = await MovedAsync(project, rows, gifts, held);
        long[] loyalty = [.. rows.Where(static row => row.Type == VoucherTypes.Loyalty).Select(static row => row.Number)];
        var points = loyalty.Length == 0 ? FrozenDictionary<long, CardFigures>.Empty : await cards.ReadAsync(project, loyalty);
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
                Held = moved.GetValueOrDefault(VoucherAccounts.Held(row.Number)),
                HeldCredits = moved.GetValueOrDefault(VoucherAccounts.HeldCredits(row.Number)),
                Added = moved.GetValueOrDefault(VoucherAccounts.Added(row.Number)),
                Subtracted = moved.GetValueOrDefault(VoucherAccounts.Subtracted(row.Number)),
                HolderId = given.TryGetValue(row.Number, out var holder) ? people.GetValueOrDefault(holder.Customer)?.Id : null,
                Card = points.GetValueOrDefault(row.Number),
                Person = holder is null ? null : people.GetValueOrDefault(holder.Customer),
            }),
        ];
    }

    // Nobody holds anything of a code that was never used, which most codes are.
    private async Task<IReadOnlyDictionary<string, long>> MovedAsync(
        int project, IReadOnlyCollection<VoucherRow> rows, IReadOnlyCollection<long> gifts, IReadOnlyDictionary<string, long> held)
    {
        string[] keys =
        [
            .. rows.Where(row => held[VoucherAccounts.Uses(row.Number)] > 0).Select(static row => VoucherAccounts.Held(row.Number)),
            .. gifts.SelectMany(static gift => new[] { VoucherAccounts.HeldCredits(gift), VoucherAccounts.Added(gift), VoucherAccounts.Subtracted(gift) }),
        ];
        return keys.Length == 0 ? FrozenDictionary<string, long>.Empty : await tallies.ReadAsync(project, keys);
    }

    public async Task<VoucherView> ViewAsync(CatalogueSnapshot catalogue, VoucherRow row) => (await ViewAsync(catalogue, [row]))[0];
}
