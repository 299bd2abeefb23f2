using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Projects;
using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Campaigns;

[GrainType("campaign-queries"), StatelessWorker, Reentrant]
internal sealed class CampaignQueriesGrain(Catalogues catalogues, CampaignContents contents, ITallyStore tallies, TimeProvider clock) : Grain, ICampaignQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RawJson?> FindAsync(string idOrName, CancellationToken cancellation) =>
        await CatalogueAsync() is var catalogue && catalogue.Section<CampaignSection>().Find(idOrName) is { } campaign
            ? await contents.ShowAsync(Project, campaign.Row, (await ShowAsync(catalogue, [campaign]))[0])
            : null;

    public async Task<string?> FindIdAsync(string idOrName, CancellationToken cancellation) => (await CatalogueAsync()).Section<CampaignSection>().Find(idOrName)?.Id;

    public async Task<IReadOnlyList<CampaignReference>> SearchAsync(string text, int limit, CancellationToken cancellation) =>
    [
        .. (await CatalogueAsync()).Section<CampaignSection>().All
            .Where(campaign => campaign.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static campaign => campaign.Name, StringComparer.Ordinal).Take(limit).Select(static campaign => new CampaignReference(campaign.Id, campaign.Name, campaign.Row.CampaignType)),
    ];

    public async Task<CampaignPage> ListAsync(CampaignListQuery query, CancellationToken cancellation)
    {
        var catalogue = await CatalogueAsync();
        var all = catalogue.Section<CampaignSection>().All.Where(campaign =>
            (query.CampaignType is null || campaign.Row.CampaignType == query.CampaignType) && (query.Active is null || campaign.Row.IsActive == query.Active)
            && (query.IsReferral is null || campaign.IsReferral == query.IsReferral));
        if (query.Filters is { } given)
        {
            var (filter, problems) = CampaignFilters.Parse(given, catalogue.Section<ProjectSection>().Calendar);
            if (filter is null)
            {
                return new CampaignPage(new Page<RawJson>([], 0, HasMore: false), problems);
            }

            var generated = filter.ReadsCodes() ? await GeneratedAsync(all) : _ => 0;
            all = all.Matching(filter, catalogue.Section<CategorySection>(), row => CampaignShape.StatusOf(row, generated(row)), clock.GetUtcNow());
        }

        if (query.Status is { } status)
        {
            var generated = await GeneratedAsync(all);
            all = all.Where(campaign => CampaignShape.StatusOf(campaign.Row, generated(campaign.Row)) == status);
        }

        var sorted = query.Order.TrimStart('-') switch
        {
            "updated_at" => all.OrderBy(static campaign => campaign.Row.UpdatedAt).ThenBy(static campaign => campaign.Number),
            "name" => all.OrderBy(static campaign => campaign.Name, StringComparer.Ordinal),
            _ => all.OrderBy(static campaign => campaign.Row.CreatedAt).ThenBy(static campaign => campaign.Number),
        };
        var ordered = sorted.ToList();
        if (query.Order.StartsWith('-'))
        {
            ordered.Reverse();
        }

        var start = (query.Page - 1) * query.Limit;
        return new CampaignPage(
            new Page<RawJson>(await ShowAsync(catalogue, [.. ordered.Skip(start).Take(query.Limit)], query.WithCategories), ordered.Count, ordered.Count > start + query.Limit), []);
    }

    public async Task<CampaignSummary?> SummarizeAsync(string idOrName, CancellationToken cancellation)
    {
        var catalogue = await CatalogueAsync();
        if (catalogue.Section<CampaignSection>().Find(idOrName) is not { } campaign)
        {
            return null;
        }

        var figures = await tallies.ReadAsync(Project, [.. CampaignFigures.All.Select(figure => CampaignFigures.Key(campaign.Number, figure))]);
        return new CampaignSummary(
            (await ShowAsync(catalogue, [campaign], withCategories: false))[0], campaign.Row.CampaignType,
            CampaignFigures.All.ToDictionary(static figure => figure, figure => figures[CampaignFigures.Key(campaign.Number, figure)], StringComparer.Ordinal));
    }

    /// <summary>How many codes a campaign has, and how many of those it was to get are made.</summary>
    public static async Task<(long Count, long Generated)> CountAsync(ITallyStore tallies, int project, CampaignRow row)
    {
        var figures = await tallies.ReadAsync(project, [.. Keys(row.Number)]);
        return CountOf(figures, row.Number);
    }

    private static IEnumerable<string> Keys(long campaign) =>
        [CampaignFigures.Key(campaign, CampaignFigures.Created), CampaignFigures.Key(campaign, CampaignFigures.Deleted), CampaignFigures.Key(campaign, CampaignFigures.Generated)];

    private static (long Count, long Generated) CountOf(IReadOnlyDictionary<string, long> figures, long campaign)
    {
        var keys = Keys(campaign).Select(key => figures[key]).ToArray();
        return (keys[0] - keys[1], keys[2]);
    }

    private async Task<IReadOnlyList<RawJson>> ShowAsync(CatalogueSnapshot catalogue, IReadOnlyList<CampaignEntry> campaigns, bool withCategories = true)
    {
        var figures = await tallies.ReadAsync(Project, [.. campaigns.SelectMany(campaign => Keys(campaign.Number))]);
        return [.. campaigns.Select(campaign => CountOf(figures, campaign.Number) is var (count, generated) ? CampaignShape.Write(catalogue, campaign.Row, count, generated, withCategories: withCategories) : null!)];
    }

    private async Task<Func<CampaignRow, long>> GeneratedAsync(IEnumerable<CampaignEntry> campaigns)
    {
        var figures = await tallies.ReadAsync(Project, [.. campaigns.Select(static campaign => CampaignFigures.Key(campaign.Number, CampaignFigures.Generated))]);
        return row => figures.GetValueOrDefault(CampaignFigures.Key(row.Number, CampaignFigures.Generated));
    }

    private ValueTask<CatalogueSnapshot> CatalogueAsync() => catalogues.GetAsync(Project);
}
