using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers.Exports;

namespace Marketing.Vouchers;

/// <summary>Lists vouchers: those that are named, those that a customer holds, those of a campaign, or all, over the index of each; what else is asked is asked of each that is looked at.</summary>
internal sealed class VoucherList(ITableStore<VoucherRow> store, ITableStore<HolderRow> holders, VoucherReads reads, ICustomerStore customers, TimeProvider clock)
{
    private const int MostNamed = 100;

    public async Task<Listed> ListAsync(CatalogueSnapshot catalogue, VoucherListQuery query, CancellationToken cancellation)
    {
        var (filter, problems) = query.Filters is { } given ? ListFilter.Parse(given, ExportedVoucher.Subject, catalogue.Section<ProjectSection>().Calendar) : (null, []);
        if (problems.Count > 0)
        {
            return Listed.Refused(problems);
        }

        var named = query.Campaign ?? ListFilter.OnlyNamedBy(query.Filters, "campaign_id", "campaign");
        var campaign = named is null ? null : catalogue.Section<CampaignSection>().Find(named);
        var who = query.Customer ?? ListFilter.OnlyNamedBy(query.Filters, "holder_id", "customer_id", "published_for_customer_id");
        var holder = who is null ? null : await customers.FindAsync(catalogue.Project, who);
        if ((named is not null && campaign is null) || (who is not null && holder is null))
        {
            // Of what filters name and there is not there is nothing.
            return query.Campaign is { } none && campaign is null ? Listed.Missing("campaign", none)
                : query.Customer is { } nobody && holder is null ? Listed.Missing("customer", nobody)
                : Listed.Nothing;
        }

        var asked = new Asked(query, filter, campaign?.Number, holder?.Number, clock.GetUtcNow());
        var page = await NamedAsync(catalogue, asked) ?? (holder is null ? await AllAsync(catalogue, asked, cancellation) : await HeldAsync(catalogue, asked, cancellation));
        return page is null
            ? Listed.Refused(FilteredPages.TooFew(filter is null ? query.Category is null ? "campaign" : "category" : "filters", "name a campaign, a customer, codes or created_at"))
            : Listed.Of(page.Of<RawJson>([.. (await reads.ViewAsync(catalogue, page.Items)).Select(VoucherShape.Write)]));
    }

    // Those that are named by code or id are all there are, and are shown at once; null where none are named.
    private async Task<Page<VoucherRow>?> NamedAsync(CatalogueSnapshot catalogue, Asked asked)
    {
        if ((asked.Query.Code is { } code ? [code] : asked.Query.Ids) is { } named)
        {
            var found = await reads.FindRowsAsync(catalogue, [.. named.Distinct(StringComparer.Ordinal)]);
            List<VoucherRow> rows = [.. await PassingAsync(catalogue, asked, [.. named.Select(code => found.GetValueOrDefault(code)).OfType<VoucherRow>().DistinctBy(static row => row.Number)], isAll: true)];
            return new Page<VoucherRow>(rows, rows.Count, HasMore: false);
        }

        if ((ListFilter.NamedBy(asked.Query.Filters, "id") ?? ListFilter.NamedBy(asked.Query.Filters, "code", "vouchers")) is not { Count: <= MostNamed } wanted)
        {
            return null;
        }

        var present = (await reads.FindRowsAsync(catalogue, wanted)).Values.DistinctBy(static row => row.Number).OrderBy(static row => row.CreatedAt).ThenBy(static row => row.Number);
        List<VoucherRow> all = [.. await PassingAsync(catalogue, asked, [.. asked.Query.Order.StartsWith('-') ? present.Reverse() : present], isAll: true)];
        var skipped = asked.Query.Limit * (asked.Query.Page - 1);
        return new Page<VoucherRow>([.. all.Skip(skipped).Take(asked.Query.Limit)], all.Count, all.Count > skipped + asked.Query.Limit);
    }

    private async Task<Page<VoucherRow>?> AllAsync(CatalogueSnapshot catalogue, Asked asked, CancellationToken cancellation)
    {
        var query = asked.Query;
        var table = new TableQuery(query.Order, query.Limit, query.Page)
        {
            Within = asked.Campaign is { } campaign ? (VoucherTable.Campaign, campaign) : null,
            Between = query.UpdatedAt ?? query.CreatedAt,
            BetweenOf = query.UpdatedAt is null ? null : VoucherTable.UpdatedAt,
        };
        return asked.IsFiltered
            ? await store.FilteredAsync(catalogue.Project, table, rows => PassingAsync(catalogue, asked, rows, isAll: false), cancellation)
            : await store.ListAsync(catalogue.Project, table, cancellation);
    }

    // In the order in which they were given out.
    private async Task<Page<VoucherRow>?> HeldAsync(CatalogueSnapshot catalogue, Asked asked, CancellationToken cancellation)
    {
        var query = asked.Query;
        var table = new TableQuery(query.Order.Replace("updated_at", "created_at", StringComparison.Ordinal), query.Limit, query.Page)
        {
            Within = (HolderTable.Customer, asked.Holder!.Value),
            Between = query.CreatedAt,
        };
        var rows = new Dictionary<long, VoucherRow>();
        var given = asked.IsFiltered || asked.Campaign is not null
            ? await holders.FilteredAsync(catalogue.Project, table, PassingHoldersAsync, cancellation)
            : await holders.ListAsync(catalogue.Project, table, cancellation);
        if (given is null)
        {
            return null;
        }

        await ReadAsync([.. given.Items.Where(holder => !rows.ContainsKey(holder.Number))]);
        return given.Of<VoucherRow>([.. given.Items.Select(holder => rows.GetValueOrDefault(holder.Number)).OfType<VoucherRow>()]);

        async Task<IEnumerable<HolderRow>> PassingHoldersAsync(IReadOnlyList<HolderRow> some)
        {
            await ReadAsync(some);
            var passing = (await PassingAsync(catalogue, asked, [.. some.Select(holder => rows.GetValueOrDefault(holder.Number)).OfType<VoucherRow>()], isAll: false)).Select(static row => row.Number).ToHashSet();
            return some.Where(holder => passing.Contains(holder.Number));
        }

        async Task ReadAsync(IReadOnlyList<HolderRow> some)
        {
            foreach (var row in some.Count == 0 ? [] : await store.FindManyAsync(catalogue.Project, [.. some.Select(static holder => holder.Number)]))
            {
                rows[row.Number] = row;
            }
        }
    }

    // Where all are asked, nothing has been asked of them yet.
    private async Task<IEnumerable<VoucherRow>> PassingAsync(CatalogueSnapshot catalogue, Asked asked, IReadOnlyList<VoucherRow> rows, bool isAll)
    {
        IReadOnlyList<VoucherRow> left =
        [
            .. rows.Where(row => (asked.Campaign is null || row.Campaign == asked.Campaign)
                && (!isAll || (IsWithin(row.CreatedAt, asked.Query.CreatedAt) && (asked.Query.UpdatedAt is null || (row.UpdatedAt is { } updated && IsWithin(updated, asked.Query.UpdatedAt)))))),
        ];
        return !asked.IsFiltered && (!isAll || asked.Holder is null)
            ? left
            : (await reads.ViewAsync(catalogue, left))
                .Where(view => (!isAll || asked.Holder is null || view.Holder?.Customer == asked.Holder)
                    && (asked.Query.Category is not { } category || view.Category?.Name == category || view.Category?.Id == category)
                    && asked.Filter?.Meets(ExportedVoucher.Document(view), asked.Now) is not false)
                .Select(static view => view.Row);
    }

    private static bool IsWithin(DateTimeOffset at, TimeRange? range) => !(at >= range?.Before) && !(at <= range?.After);

    private sealed record Asked(VoucherListQuery Query, ListFilter? Filter, long? Campaign, long? Holder, DateTimeOffset Now)
    {
        public bool IsFiltered => Filter is not null || Query.Category is not null;
    }
}
