using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>Reads publications with the customers and vouchers they show.</summary>
internal sealed class PublicationReads(
    ITableStore<PublicationRow> store, ITableStore<VoucherRow> vouchers, VoucherReads voucherReads, ICustomerStore customers)
{
    public async Task<RawJson> ShowAsync(CatalogueSnapshot catalogue, PublicationRow row) => (await ShowAsync(catalogue, [row]))[0];

    /// <summary>A page; null when what it is asked for is not there.</summary>
    public async Task<Page<RawJson>?> ListAsync(CatalogueSnapshot catalogue, PublicationListQuery query, CancellationToken cancellation)
    {
        if (await PageAsync(catalogue, query, cancellation) is not { } page)
        {
            return null;
        }

        return page.Of(await ShowAsync(catalogue, page.Items));
    }

    private async Task<Page<PublicationRow>?> PageAsync(CatalogueSnapshot catalogue, PublicationListQuery query, CancellationToken cancellation)
    {
        var project = catalogue.Project;
        if (query.SourceId is { } source)
        {
            var found = await store.FindAsync(project, PublicationTable.SourceId, source);
            return new Page<PublicationRow>(found is null ? [] : [found], found is null ? 0 : 1, HasMore: false);
        }

        var table = new TableQuery(query.Order, query.Limit, query.Page);
        if (query.Campaign is { } campaign)
        {
            return catalogue.Section<CampaignSection>().Find(campaign) is { } entry
                ? await store.ListAsync(project, table with { Within = (PublicationTable.Campaign, entry.Number) }, cancellation)
                : null;
        }

        if (query.Voucher is { } code)
        {
            return await voucherReads.FindRowAsync(catalogue, code) is { } voucher
                ? await store.ListAsync(project, table with { Within = (PublicationTable.Voucher, voucher.Number) }, cancellation)
                : null;
        }

        if (query.Customer is not { } customer)
        {
            return await store.ListAsync(project, table, cancellation);
        }

        var person = await customers.FindAsync(project, customer);
        return person is null ? null : await store.ListAsync(project, table with { Within = (PublicationTable.Customer, person.Number) }, cancellation);
    }

    private async Task<IReadOnlyList<RawJson>> ShowAsync(CatalogueSnapshot catalogue, IReadOnlyList<PublicationRow> rows)
    {
        var people = rows.Count == 0 ? [] : (await customers.LoadManyAsync(catalogue.Project, [.. rows.Select(static row => row.Customer).Distinct()])).ToDictionary(static row => row.Number);
        long[] single = [.. rows.Where(static row => row.Voucher is not null).Select(static row => row.Voucher!.Value)];
        var found = single.Length == 0 ? [] : await vouchers.FindManyAsync(catalogue.Project, single);
        var views = (await voucherReads.ViewAsync(catalogue, found)).ToDictionary(static view => view.Row.Number);
        return [.. rows.Select(row => PublicationShape.Write(row, people.GetValueOrDefault(row.Customer), row.Voucher is { } number && views.TryGetValue(number, out var view) ? [view] : []))];
    }
}
