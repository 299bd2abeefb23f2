using System.Diagnostics;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Promotions;

/// <summary>Tiers and stacks come and go with their campaign.</summary>
internal sealed class PromotionsOfCampaign(
    PromotionDrafts drafts, PromotionReads reads, RulesAtBirth rules, ITableStore<PromotionStackRow> stacks, Catalogues catalogues) : ICampaignContent
{
    public string CampaignType => CampaignTypes.Promotion;

    public async Task<CampaignContent> NewAsync(int project, CampaignRow campaign, RawJson? given)
    {
        if (given is null)
        {
            return CampaignContent.None;
        }

        // The same ids when it is done again.
        var wanted = JsonSerializer.Deserialize<PromotionTierCommand[]>(given.Utf8.Span, WireJson.Options)!
            .Select((command, place) => (ObjectIds.FromSource("promo_", project, $"{campaign.Id}\n{place}"), command)).ToList();
        var draft = await drafts.NewAsync(project, campaign, wanted, []);
        return draft.Refusal is { } refusal
            ? CampaignContent.Refused(Refusal(refusal, $"promotion.tiers[{draft.RefusedAt}]"))
            : new CampaignContent(draft.Writes, draft.CatalogueVersion, null);
    }

    public async Task<IReadOnlyList<RowWrite>> RemovalAsync(int project, CampaignRow campaign)
    {
        var tiers = await drafts.OfAsync(project, campaign.Number);
        var stacked = await stacks.FindManyAsync(project, PromotionStackTable.Campaign, [campaign.Number], PromotionLimits.StacksOfProject * 2);
        return
        [
            .. tiers.Select(PromotionTierTable.Tiers.Delete), .. stacked.Select(PromotionStackTable.Stacks.Delete),
            .. await rules.ReleaseAsync(project, PromotionShape.Tier, [.. tiers.Select(static tier => tier.Id)]),
        ];
    }

    public async Task<RawJson> ShowAsync(int project, CampaignRow campaign)
    {
        var catalogue = await catalogues.GetAsync(project);
        return await reads.ShowInCampaignAsync(catalogue, catalogue.Section<PromotionSection>().TiersOf(campaign.Number));
    }

    private static CampaignResult Refusal(PromotionResult refusal, string path)
    {
        return refusal switch
        {
            PromotionResult.Invalid invalid => new CampaignResult.InvalidFields([.. invalid.Problems.Select(Below)]),
            PromotionResult.InvalidMetadata invalid => new CampaignResult.InvalidMetadata([.. invalid.Problems.Select(Below)]),
            PromotionResult.NotFound missing => new CampaignResult.NotFound(missing.Type, missing.Id),
            PromotionResult.TooMany many => new CampaignResult.Invalid("promotion", many.Rule),
            _ => throw new UnreachableException(),
        };

        FieldProblem Below(FieldProblem problem) => problem with { Field = $"{path}.{problem.Field}" };
    }
}
