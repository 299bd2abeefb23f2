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

    /// <summary>Those of a card, in the order in which they were earned or the other way.</summary>
    public async Task<Page<RawJson>> OfCardAsync(CatalogueSnapshot catalogue, VoucherRow card, PendingQuery query)
    {
        var all = await store.FindManyAsync(catalogue.Project, PendingTable.WaitingFor, [card.Number], MostOfCard);
        var after = query.StartingAfter is { } id ? await store.FindAsync(catalogue.Project, id) : null;
        var ordered = query.Ascending ? all : all.Reverse();
        return await CutAsync(catalogue, [.. ordered.Where(row => after is null || (query.Ascending ? row.Number > after.Number : row.Number < after.Number)).Take(query.Limit + 1)], query.Limit);
    }

    /// <summary>Those of a programme, in the order in which they were earned or the other way.</summary>
    public async Task<Page<RawJson>> OfProgramAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, PendingQuery query, CancellationToken cancellation)
    {
        var after = query.StartingAfter is { } id ? await store.FindAsync(catalogue.Project, id) : null;
        var table = new TableQuery(query.Ascending ? "created_at" : "-created_at", query.Limit + 1, 1) { Within = (PendingTable.WaitingIn, campaign.Number) };
        return await CutAsync(catalogue, await store.AfterAsync(catalogue.Project, table, after, cancellation), query.Limit);
    }

    private async Task<Page<RawJson>> CutAsync(CatalogueSnapshot catalogue, IReadOnlyList<PendingRow> rows, int limit) =>
        new(await ShowAsync(catalogue, [.. rows.Take(limit)]), -1, rows.Count > limit);

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
