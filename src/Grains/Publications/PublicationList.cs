using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>Lists publications: over the index of whoever or whatever they are of, which filters may name too; what else is asked is asked of each that is looked at.</summary>
internal sealed class PublicationList(
    ITableStore<PublicationRow> store, PublicationReads reads, ITableStore<VoucherRow> voucherRows, VoucherReads vouchers, ICustomerStore customers, TimeProvider clock)
{
    public async Task<Listed> ListAsync(CatalogueSnapshot catalogue, PublicationListQuery query, CancellationToken cancellation)
    {
        var (filter, problems) = query.Filters is { } given ? ListFilter.Parse(given, ExportedPublication.Subject, catalogue.Section<ProjectSection>().Calendar) : (null, []);
        if (problems.Count > 0)
        {
            return Listed.Refused(problems);
        }

        var (within, nothing) = await WithinAsync(catalogue, query);
        if (nothing is not null)
        {
            return nothing;
        }

        if ((query.SourceId ?? ListFilter.OnlyNamedBy(query.Filters, "source_id")) is { } source)
        {
            var found = await store.FindAsync(catalogue.Project, PublicationTable.SourceId, source);
            IReadOnlyList<PublicationRow> one = found is null ? [] : [.. await PassingAsync([found], query.Result, all: true)];
            return Listed.Of(new Page<RawJson>(query.Page > 1 ? [] : await reads.ShowAsync(catalogue, one), one.Count, HasMore: false));
        }

        var table = new TableQuery(query.Order, query.Limit, query.Page) { Within = within.Count > 0 ? within[0] : null };
        var result = query.Result ?? ListFilter.OnlyNamedBy(query.Filters, "result");
        if (within.Count == 0 && result == PublicationRow.Failure)
        {
            (table, result) = (table with { Marked = PublicationTable.Failed }, null);
        }

        if (filter is null && result is null && within.Count < 2 && query is { VoucherType: null, IsReferral: null })
        {
            var whole = await store.ListAsync(catalogue.Project, table, cancellation);
            return Listed.Of(whole.Of(await reads.ShowAsync(catalogue, whole.Items)));
        }

        var page = await store.FilteredAsync(catalogue.Project, table, rows => PassingAsync(rows, result, all: false), cancellation);
        return page is null
            ? Listed.Refused(FilteredPages.TooFew(
                filter is not null ? "filters" : query.VoucherType is not null ? "voucher_type" : query.IsReferral is not null ? "is_referral_code" : query.Result is not null ? "result" : "campaign",
                "name a customer, a code or a campaign"))
            : Listed.Of(page.Of(await reads.ShowAsync(catalogue, page.Items)));

        async Task<IEnumerable<PublicationRow>> PassingAsync(IReadOnlyList<PublicationRow> rows, string? wanted, bool all)
        {
            var campaigns = catalogue.Section<CampaignSection>();
            IReadOnlyList<PublicationRow> left =
            [
                .. rows.Where(row => (wanted is null || row.Result == wanted) && within.Skip(all ? 0 : 1).All(other => other.Group.NumberOf(row) == other.Value)
                    && (query.IsReferral is not { } referral || campaigns.Find(row.Campaign)?.IsReferral is true == referral)),
            ];
            if (filter is null && query.VoucherType is null)
            {
                return left;
            }

            var now = clock.GetUtcNow();
            return (await ExportedPublication.ReadAsync(catalogue, left, voucherRows, customers))
                .Where(one => (query.VoucherType is null || one.VoucherType == query.VoucherType) && filter?.Meets(one.Write(), now) is not false).Select(static one => one.Row);
        }
    }

    // What the list is of, the fewest first as far as that can be known. Of what filters name and there is not there is nothing.
    private async Task<(IReadOnlyList<(Column Group, long Value)> Within, Listed? Nothing)> WithinAsync(CatalogueSnapshot catalogue, PublicationListQuery query)
    {
        var within = new List<(Column, long)>();
        var customer = query.Customer ?? ListFilter.OnlyNamedBy(query.Filters, "customer_id", "customer");
        if (customer is not null)
        {
            if (await customers.FindAsync(catalogue.Project, customer) is not { } person)
            {
                return ([], query.Customer is null ? Listed.Nothing : Listed.Missing("customer", customer));
            }

            within.Add((PublicationTable.Customer, person.Number));
        }

        var voucher = query.Voucher is { } code ? await vouchers.FindRowAsync(catalogue, code) : null;
        if (voucher is not null)
        {
            within.Add((PublicationTable.Voucher, voucher.Number));
        }
        else if (query.Voucher is { } unknown)
        {
            return ([], Listed.Missing("voucher", unknown));
        }

        var asked = query.Campaign ?? ListFilter.OnlyNamedBy(query.Filters, "campaign_id", "parent_object_id", "campaign", "campaign_name");
        if (asked is not null)
        {
            if (catalogue.Section<CampaignSection>().Find(asked) is not { } campaign)
            {
                return ([], query.Campaign is null ? Listed.Nothing : Listed.Missing("campaign", asked));
            }

            within.Add((PublicationTable.Campaign, campaign.Number));
        }

        return (within, null);
    }
}
