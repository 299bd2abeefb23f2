using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>Lists points that wait.</summary>
internal sealed class PendingReads(ITableStore<PendingRow> store, ITableStore<VoucherRow> vouchers, ICustomerStore customers)
{
    private const int MostOfCard = 10_000;

    // More than are earned in one millisecond.
    private const int Overlap = 200;

    /// <summary>Those of a card, in the order in which they were earned.</summary>
    public async Task<Page<RawJson>> OfCardAsync(CatalogueSnapshot catalogue, VoucherRow card, int limit, string? startingAfter)
    {
        var all = await store.FindManyAsync(catalogue.Project, PendingTable.WaitingFor, [card.Number], MostOfCard);
        var after = startingAfter is null ? null : await store.FindAsync(catalogue.Project, startingAfter);
        var rest = all.Where(row => after is null || row.Number > after.Number).Take(limit + 1).ToList();
        return new Page<RawJson>(await ShowAsync(catalogue, [.. rest.Take(limit)]), -1, rest.Count > limit);
    }

    /// <summary>Those of a programme, the newest first.</summary>
    public async Task<Page<RawJson>> OfProgramAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, int limit, string? startingAfter, CancellationToken cancellation)
    {
        var after = startingAfter is null ? null : await store.FindAsync(catalogue.Project, startingAfter);
        var query = new TableQuery("-created_at", limit + Overlap + 1, 1)
        {
            Within = (PendingTable.WaitingIn, campaign.Number),
            Between = after is null ? null : new TimeRange(after.CreatedAt.AddMilliseconds(1), null),
        };
        var rest = (await store.ListAsync(catalogue.Project, query, cancellation)).Items.Where(row => after is null || row.CreatedAt < after.CreatedAt || row.Number < after.Number).Take(limit + 1).ToList();
        return new Page<RawJson>(await ShowAsync(catalogue, [.. rest.Take(limit)]), -1, rest.Count > limit);
    }

    private async Task<IReadOnlyList<RawJson>> ShowAsync(CatalogueSnapshot catalogue, IReadOnlyList<PendingRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var cards = (await vouchers.FindManyAsync(catalogue.Project, [.. rows.Select(static row => row.Member).Distinct()])).ToDictionary(static card => card.Number, static card => card.Id);
        var people = (await customers.LoadManyAsync(catalogue.Project, [.. rows.Select(static row => row.Customer).Distinct()])).ToDictionary(static person => person.Number, static person => person.Id);
        var campaigns = catalogue.Section<CampaignSection>();
        return
        [
            .. rows.Where(row => cards.ContainsKey(row.Member))
                .Select(row => WrittenJson.Of(json => PendingJson.Write(row, cards[row.Member], campaigns.Find(row.Campaign)?.Id, people.GetValueOrDefault(row.Customer), json))),
        ];
    }
}
