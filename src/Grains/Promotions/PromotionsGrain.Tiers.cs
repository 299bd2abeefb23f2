using Marketing.Campaigns;
using Marketing.Clients;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Promotions;

internal sealed partial class PromotionsGrain
{
    public async Task<PromotionResult> CreateTierAsync(string id, string campaign, PromotionTierCommand command, CommandContext context)
    {
        while (true)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new PromotionResult.KeyReused();
            }

            if (await tiers.FindAsync(Project, id) is not null)
            {
                // Whoever asked first may have died before the silos heard of it.
                return await KnownTierAsync(id);
            }

            if (done is not null)
            {
                return new PromotionResult.Deleted(PromotionShape.Tier, id);
            }

            if (await CampaignAsync(campaign) is not { } of)
            {
                return new PromotionResult.NotFound("campaign", campaign);
            }

            if (of.CampaignType != CampaignTypes.Promotion)
            {
                return new PromotionResult.WrongCampaign(campaign, of.CampaignType);
            }

            var draft = await drafts.NewAsync(Project, of, [(id, command)], await drafts.OfAsync(Project, of.Number));
            if (draft.Refusal is { } refusal)
            {
                return refusal;
            }

            if (await CommitAsync([.. draft.Writes, CampaignTable.Campaigns.Save(of)], draft.CatalogueVersion, context))
            {
                return await KnownTierAsync(id);
            }
        }
    }

    public async Task<PromotionResult> ChangeTierAsync(string id, PromotionTierCommand command)
    {
        while (await tiers.FindAsync(Project, id) is { } present)
        {
            // Before the other tiers are read.
            var fence = command.Hierarchy is null ? [] : await FenceAsync(present.Campaign);
            var draft = await drafts.ChangeAsync(Project, present, command);
            if (draft.Refusal is { } refusal)
            {
                return refusal;
            }

            if (draft.Writes.Count == 0 || await CommitAsync([.. draft.Writes, .. fence], draft.CatalogueVersion))
            {
                return await KnownTierAsync(id);
            }
        }

        return new PromotionResult.NotFound(PromotionShape.Tier, id);
    }

    public async Task<PromotionResult> SetTierActiveAsync(string id, bool active)
    {
        while (await tiers.FindAsync(Project, id) is { } present)
        {
            if (present.IsActive == active || await CommitAsync([PromotionTierTable.Tiers.Save(present with { IsActive = active, UpdatedAt = clock.GetStoredNow() })]))
            {
                return await KnownTierAsync(id);
            }
        }

        return new PromotionResult.NotFound(PromotionShape.Tier, id);
    }

    public async Task<bool> DeleteTierAsync(string id)
    {
        var target = new RuleTarget(PromotionShape.Tier, id);
        while (await tiers.FindAsync(Project, id) is { } present)
        {
            var fence = await FenceAsync(present.Campaign);
            var stacked = (await StacksOfAsync(present.Campaign)).Where(stack => stack.TierIds.Contains(id)).Select(stack => Without(stack, id));
            if (await CommitAsync([PromotionTierTable.Tiers.Delete(present), .. stacked, .. await rules.ReleaseAsync(Project, PromotionShape.Tier, [id]), .. fence]))
            {
                await catalogues.ChangedAsync(Project);

                // Whoever has assigned a rule meanwhile found the tier still there.
                await GrainFactory.ValidationRules(Project).ReleaseAsync(target);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    private RowWrite Without(PromotionStackRow stack, string tier)
    {
        string[] rest = [.. stack.TierIds.Where(id => id != tier)];
        return rest.Length == 0
            ? PromotionStackTable.Stacks.Delete(stack)
            : PromotionStackTable.Stacks.Save(stack with { Tiers = PromotionStackRow.ListOf(rest), UpdatedAt = clock.GetStoredNow() });
    }
}
