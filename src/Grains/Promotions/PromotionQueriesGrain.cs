using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Projects;
using Orleans.Concurrency;

namespace Marketing.Promotions;

[GrainType("promotion-queries"), StatelessWorker, Reentrant]
internal sealed class PromotionQueriesGrain(Catalogues catalogues, PromotionReads reads, TimeProvider clock) : Grain, IPromotionQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RawJson?> FindTierAsync(string id, CancellationToken cancellation)
    {
        var (catalogue, promotions) = await ReadAsync();
        return promotions.FindTier(id) is { } tier ? (await reads.ShowAsync(catalogue, [tier]))[0] : null;
    }

    public async Task<Page<RawJson>> ListTiersAsync(PromotionTierListQuery query, CancellationToken cancellation)
    {
        var (catalogue, promotions) = await ReadAsync();
        var found = promotions.Tiers.Where(tier => !query.Available || IsAvailable(tier, catalogue));
        var sorted = query.Order.TrimStart('-') == "updated_at" ? found.OrderBy(static tier => tier.Row.UpdatedAt) : found.OrderBy(static tier => tier.Row.CreatedAt);
        var page = Cut(sorted.ThenBy(static tier => tier.Number), query.Order, query.Limit, query.Page);
        return page.Of(await reads.ShowAsync(catalogue, page.Items));
    }

    public async Task<IReadOnlyList<RawJson>?> TiersOfAsync(string campaign, CancellationToken cancellation)
    {
        var (catalogue, promotions) = await ReadAsync();
        return catalogue.Section<CampaignSection>().Find(campaign) is { } of ? await reads.ShowAsync(catalogue, promotions.TiersOf(of.Number)) : null;
    }

    public async Task<PromotionResult> FindStackAsync(string campaign, string id, CancellationToken cancellation)
    {
        var (catalogue, promotions) = await ReadAsync();
        if (catalogue.Section<CampaignSection>().Find(campaign) is not { } of)
        {
            return new PromotionResult.NotFound("campaign", campaign);
        }

        return promotions.FindStack(id) is { } stack && stack.CampaignNumber == of.Number
            ? new PromotionResult.Saved(PromotionReads.Show(catalogue, stack))
            : new PromotionResult.NotFound(PromotionShape.Stack, id);
    }

    public async Task<Page<RawJson>> ListStacksAsync(PromotionStackListQuery query, CancellationToken cancellation)
    {
        var (catalogue, promotions) = await ReadAsync();
        var found = promotions.Stacks.Where(stack => IsWithin(stack.Row.CreatedAt, query.CreatedAt) && IsWithin(stack.Row.UpdatedAt, query.UpdatedAt));
        var sorted = query.Order.TrimStart('-') switch
        {
            "name" => found.OrderBy(static stack => stack.Name, StringComparer.Ordinal),
            "updated_at" => found.OrderBy(static stack => stack.Row.UpdatedAt),
            _ => found.OrderBy(static stack => stack.Row.CreatedAt),
        };
        var page = Cut(sorted.ThenBy(static stack => stack.Number), query.Order, query.Limit, query.Page);
        return page.Of<RawJson>([.. page.Items.Select(stack => PromotionReads.Show(catalogue, stack))]);
    }

    public async Task<IReadOnlyList<RawJson>?> StacksOfAsync(string campaign, CancellationToken cancellation)
    {
        var (catalogue, promotions) = await ReadAsync();
        return catalogue.Section<CampaignSection>().Find(campaign) is { } of
            ? [.. promotions.Stacks.Where(stack => stack.CampaignNumber == of.Number).Select(stack => PromotionReads.Show(catalogue, stack))]
            : null;
    }

    private bool IsAvailable(PromotionTierEntry tier, CatalogueSnapshot catalogue) =>
        catalogue.Section<CampaignSection>().Find(tier.CampaignNumber) is { } campaign
        && PromotionTimes.WhyNot(tier, campaign, catalogue.Section<ProjectSection>().Calendar, clock.GetUtcNow()) is null;

    private static bool IsWithin(DateTimeOffset? instant, TimeRange? range) =>
        range is null || (instant is { } at && (range.Before is not { } before || at < before) && (range.After is not { } after || at > after));

    private static Page<T> Cut<T>(IEnumerable<T> sorted, string order, int limit, int page)
    {
        var all = sorted.ToList();
        if (order.StartsWith('-'))
        {
            all.Reverse();
        }

        var start = (page - 1) * limit;
        return new Page<T>([.. all.Skip(start).Take(limit)], all.Count, all.Count > start + limit);
    }

    // What was changed before it was asked is seen, on whatever silo that was.
    private async ValueTask<(CatalogueSnapshot Catalogue, PromotionSection Promotions)> ReadAsync()
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return (catalogue, catalogue.Section<PromotionSection>());
    }
}
