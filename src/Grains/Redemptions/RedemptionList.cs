using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>Lists redemptions: over the index of whoever or whatever they are of, which filters may name too; what else is asked is asked of each that is looked at.</summary>
internal sealed class RedemptionList(ITableStore<RedemptionRow> store, RedemptionReads reads, VoucherReads vouchers, ICustomerStore customers, TimeProvider clock)
{
    public async Task<Listed> ListAsync(CatalogueSnapshot catalogue, RedemptionListQuery query, CancellationToken cancellation)
    {
        var (filter, problems) = query.Filters is { } given ? ListFilter.Parse(given, ExportedRedemption.Subject, catalogue.Section<ProjectSection>().Calendar) : (null, []);
        if (problems.Count > 0)
        {
            return Listed.Refused(problems);
        }

        var (within, nothing) = await WithinAsync(catalogue, query);
        if (nothing is not null)
        {
            return nothing;
        }

        var table = new TableQuery(query.Order, query.Limit, query.Page) { Within = within.Count > 0 ? within[0] : null, Between = query.CreatedAt };
        var failed = query.Failed ?? (ListFilter.OnlyNamedBy(query.Filters, "result") == "FAILURE" ? true : null);
        if (within.Count == 0 && failed == true)
        {
            (table, failed) = (table with { Marked = RedemptionTable.Failed }, null);
        }

        if (filter is null && failed is null && within.Count < 2)
        {
            var whole = await store.ListAsync(catalogue.Project, table, cancellation);
            return Listed.Of(whole.Of(await reads.WriteAsync(catalogue, whole.Items)));
        }

        var page = await store.FilteredAsync(catalogue.Project, table, PassingAsync, cancellation);
        return page is null
            ? Listed.Refused(FilteredPages.TooFew(filter is null ? query.Failed is null ? "campaign" : "result" : "filters", "name a customer, a code, a campaign or created_at"))
            : Listed.Of(page.Of(await reads.WriteAsync(catalogue, page.Items)));

        async Task<IEnumerable<RedemptionRow>> PassingAsync(IReadOnlyList<RedemptionRow> rows)
        {
            IReadOnlyList<RedemptionRow> left =
            [
                .. rows.Where(row => (failed is null || row.Status == RedemptionStatus.Failed == failed) && within.Skip(1).All(other => other.Group.NumberOf(row) == other.Value)),
            ];
            var now = clock.GetUtcNow();
            return filter is null ? left : (await ExportedRedemption.ReadAsync(catalogue, left, customers)).Where(one => filter.Meets(one.Write(), now)).Select(static one => one.Row);
        }
    }

    // What the list is of, the fewest first as far as that can be known. Of what filters name and there is not there is nothing.
    private async Task<(IReadOnlyList<(Column Group, long Value)> Within, Listed? Nothing)> WithinAsync(CatalogueSnapshot catalogue, RedemptionListQuery query)
    {
        var within = new List<(Column, long)>();
        var customer = query.Customer ?? ListFilter.OnlyNamedBy(query.Filters, "customer_id", "customer");
        if (customer is not null)
        {
            if (await customers.FindAsync(catalogue.Project, customer) is not { } person)
            {
                return ([], query.Customer is null ? Listed.Nothing : Listed.Missing("customer", customer));
            }

            within.Add((RedemptionTable.Customer, person.Number));
        }

        var voucher = (query.Voucher ?? ListFilter.OnlyNamedBy(query.Filters, "voucher_code", "voucher")) is { } code ? await vouchers.FindRowAsync(catalogue, code) : null;
        if (voucher is not null)
        {
            within.Add((RedemptionTable.Voucher, voucher.Number));
        }
        else if (query.Voucher is { } unknown)
        {
            return ([], Listed.Missing("voucher", unknown));
        }

        var asked = query.Campaign ?? ListFilter.OnlyNamedBy(query.Filters, "campaign_id", "related_object_parent_id", "campaign", "campaign_name");
        if (asked is not null)
        {
            if (catalogue.Section<CampaignSection>().Find(asked) is not { } campaign)
            {
                return ([], query.Campaign is null ? Listed.Nothing : Listed.Missing("campaign", asked));
            }

            within.Add((RedemptionTable.Campaign, campaign.Number));
        }

        return (within, null);
    }
}
