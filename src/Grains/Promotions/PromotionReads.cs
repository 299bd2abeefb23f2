using Marketing.Catalogue;
using Marketing.Json;
using Marketing.Storage;

namespace Marketing.Promotions;

/// <summary>Tiers and stacks as they are answered.</summary>
internal sealed class PromotionReads(ITallyStore tallies)
{
    public async Task<IReadOnlyList<RawJson>> ShowAsync(CatalogueSnapshot catalogue, IReadOnlyCollection<PromotionTierEntry> tiers)
    {
        var totals = await TotalsAsync(catalogue.Project, tiers);
        return [.. tiers.Select(tier => WrittenJson.Of(json => PromotionShape.WriteTier(tier, catalogue, json, totals(tier)), 1_024))];
    }

    /// <summary>The fields that a campaign has because of its tiers.</summary>
    public async Task<RawJson> ShowInCampaignAsync(CatalogueSnapshot catalogue, IReadOnlyCollection<PromotionTierEntry> tiers)
    {
        var totals = await TotalsAsync(catalogue.Project, tiers);
        return WrittenJson.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("promotion"u8);
                json.WriteString("object"u8, "list"u8);
                json.WriteString("data_ref"u8, "tiers"u8);
                json.WriteStartArray("tiers"u8);
                foreach (var tier in tiers)
                {
                    PromotionShape.WriteTier(tier, catalogue, json, totals(tier));
                }

                json.WriteEndArray();
                json.WriteNumber("total"u8, tiers.Count);
                json.WriteBoolean("has_more"u8, false);
                json.WriteEndObject();
                json.WriteEndObject();
            },
            1_024);
    }

    public static RawJson Show(CatalogueSnapshot catalogue, PromotionStackEntry stack, bool changes = false) =>
        WrittenJson.Of(json => PromotionShape.WriteStack(stack, catalogue, json, changes));

    private async Task<Func<PromotionTierEntry, PromotionTotals>> TotalsAsync(int project, IReadOnlyCollection<PromotionTierEntry> tiers)
    {
        var figures = await tallies.ReadAsync(project, [.. tiers.SelectMany(static tier => PromotionFigures.KeysOf(tier.Number))]);
        return tier => PromotionTotals.Of(figures, tier.Number);
    }
}
