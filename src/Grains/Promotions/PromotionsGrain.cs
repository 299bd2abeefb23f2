using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Promotions;

[GrainType("promotions"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class PromotionsGrain(
    ITableStore<PromotionTierRow> tiers, ITableStore<PromotionStackRow> stacks, ITableStore<CampaignRow> campaigns, PromotionDrafts drafts, PromotionReads reads, RulesAtBirth rules,
    IOperationStore operations, ICommitter committer, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, IPromotionsGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    // As it is stored: it may be deleted by now.
    private async Task<CampaignRow?> CampaignAsync(string idOrName)
    {
        var known = (await catalogues.FreshAsync(Project)).Section<CampaignSection>().Find(idOrName);
        return known is not null && await campaigns.FindAsync(Project, known.Id) is { Name: not null } row ? row : null;
    }

    // Whoever makes, moves or deletes what is a campaign's writes the campaign too: of two who do so at once, in whatever grains, the second looks again.
    private async Task<IReadOnlyList<RowWrite>> FenceAsync(long campaign) => [.. (await campaigns.FindManyAsync(Project, [campaign])).Select(CampaignTable.Campaigns.Save)];

    private async Task<PromotionResult> KnownTierAsync(string id)
    {
        await catalogues.ChangedAsync(Project);
        var catalogue = await catalogues.GetAsync(Project);
        return catalogue.Section<PromotionSection>().FindTier(id) is { } tier
            ? new PromotionResult.Saved((await reads.ShowAsync(catalogue, [tier]))[0])
            : new PromotionResult.NotFound(PromotionShape.Tier, id);
    }

    private async Task<PromotionResult> KnownStackAsync(string id, bool changes = false)
    {
        await catalogues.ChangedAsync(Project);
        var catalogue = await catalogues.GetAsync(Project);
        return catalogue.Section<PromotionSection>().FindStack(id) is { } stack
            ? new PromotionResult.Saved(PromotionReads.Show(catalogue, stack, changes))
            : new PromotionResult.NotFound(PromotionShape.Stack, id);
    }

    private async Task<bool> CommitAsync(IEnumerable<RowWrite> writes, long catalogueVersion = 0, CommandContext? context = null)
    {
        var commit = new Commit { Project = Project, CatalogueVersion = catalogueVersion, Operation = context?.Remember(null, clock.GetUtcNow()) };
        commit.Rows.AddRange(writes);
        return (await committer.CommitAsync(commit)).IsDurable;
    }
}
