using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Json;
using Marketing.Promotions;
using Marketing.Storage;

namespace Marketing.Distributions.Actions;

/// <summary>Details of a promotion tier, which nobody has to be given: whoever meets its rules has it. A message shows it as it is when it is sent; while it is disabled nothing is sent.</summary>
internal sealed class NotifyPromotion(Catalogues catalogues) : IAction
{
    public string Type => ActionCatalogue.NotifyPromotion;

    public IEnumerable<FieldProblem> Validate(DistributionDraft draft, CatalogueSnapshot catalogue)
    {
        if (draft.Action?.PromotionTierId is not { } id)
        {
            yield return FieldProblem.Missing("action.promotion_tier_id");
        }
        else if (catalogue.Section<PromotionSection>().FindTier(id) is null)
        {
            yield return FieldProblem.Unknown("action.promotion_tier_id", "there is no such promotion tier");
        }
    }

    public async ValueTask<PreparedAction> PrepareAsync(DistributionEntry entry, DeliveryPlan plan, Commit commit)
    {
        var catalogue = await catalogues.GetAsync(commit.Project);
        if (InForce(catalogue, entry.Draft) is not { } tier)
        {
            return new PreparedAction(plan with { Outgoing = [] }) { Shortage = "the promotion tier is disabled or was deleted" };
        }

        var objects = Objects(catalogue, tier);
        return new PreparedAction(plan with { Outgoing = [.. plan.Outgoing.Select(message => message.Showing(objects))] });
    }

    public async ValueTask<ReadOnlyMemory<byte>> ShownAsync(int project, DistributionEntry entry, OutgoingMessage message) => Example(entry.Draft, await catalogues.FreshAsync(project));

    public async ValueTask<string?> ShortageAsync(int project, DistributionDraft draft) =>
        InForce(await catalogues.FreshAsync(project), draft) is null ? "the promotion tier is disabled or was deleted" : null;

    public ReadOnlyMemory<byte> Example(DistributionDraft draft, CatalogueSnapshot catalogue) =>
        draft.Action?.PromotionTierId is { } id && catalogue.Section<PromotionSection>().FindTier(id) is { } tier ? Objects(catalogue, tier) : "{}"u8.ToArray();

    private static PromotionTierEntry? InForce(CatalogueSnapshot catalogue, DistributionDraft draft) =>
        catalogue.Section<PromotionSection>().FindTier(draft.Action!.PromotionTierId!) is { IsActive: true } tier
        && catalogue.Section<CampaignSection>().Find(tier.CampaignNumber) is { Row.IsActive: true } ? tier : null;

    private static ReadOnlyMemory<byte> Objects(CatalogueSnapshot catalogue, PromotionTierEntry tier) => WrittenJson.Of(
        json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("campaign"u8);
            CampaignShape.WriteBrief(catalogue.Section<CampaignSection>().Find(tier.CampaignNumber), json);
            json.WritePropertyName("promotion_tier"u8);
            PromotionShape.WriteTier(tier, catalogue, json);
            json.WriteEndObject();
        },
        1_024).Utf8;
}
