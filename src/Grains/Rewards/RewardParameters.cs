using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Products;
using Marketing.Storage;

namespace Marketing.Rewards;

/// <summary>What a reward gives, looked up: a campaign, a product or a ratio that there is.</summary>
internal sealed class RewardParameters(ITableStore<ProductRow> products, ITableStore<SkuRow> skus)
{
    private const decimal LargestExchange = 1_000_000_000;

    /// <summary>The type that parameters are of; null where they are of none.</summary>
    public static string? TypeOf(RawJson? given) => given?.ToElement() is not { } parameters ? null
        : parameters.TryGetProperty("campaign", out _) ? RewardTypes.Campaign
        : parameters.TryGetProperty("coin", out _) ? RewardTypes.Coin
        : parameters.TryGetProperty("product", out _) ? RewardTypes.Material
        : null;

    /// <summary>The parameters as they are stored; or why they are refused.</summary>
    public async Task<(JsonObject? Parameters, RewardResult? Refusal)> SettleAsync(CatalogueSnapshot catalogue, string type, RawJson given)
    {
        var parameters = given.ToElement();
        return type switch
        {
            RewardTypes.Campaign when LoyaltyJson.Child(parameters, "campaign") is { ValueKind: JsonValueKind.Object } campaign =>
                OfCampaign(catalogue, LoyaltyJson.Text(campaign, "id"), campaign),
            RewardTypes.Coin when LoyaltyJson.Child(parameters, "coin") is { ValueKind: JsonValueKind.Object } coin => OfCoin(coin),
            RewardTypes.Material when LoyaltyJson.Child(parameters, "product") is { ValueKind: JsonValueKind.Object } product =>
                await OfProductAsync(catalogue.Project, LoyaltyJson.Text(product, "id"), LoyaltyJson.Text(product, "sku_id")),
            RewardTypes.Campaign => (null, new RewardResult.Missing("parameters.campaign")),
            RewardTypes.Coin => (null, new RewardResult.Missing("parameters.coin")),
            _ => (null, new RewardResult.Missing("parameters.product")),
        };
    }

    private static (JsonObject? Parameters, RewardResult? Refusal) OfCampaign(CatalogueSnapshot catalogue, string? id, JsonElement given)
    {
        if (id is null)
        {
            return (null, new RewardResult.Missing("parameters.campaign.id"));
        }

        if (catalogue.Section<CampaignSection>().Find(id) is not { } campaign)
        {
            return (null, new RewardResult.NotFound("campaign", id));
        }

        if (campaign.Row.CampaignType is not (CampaignTypes.Coupons or CampaignTypes.Gifts or CampaignTypes.Loyalty))
        {
            return (null, Invalid("parameters.campaign.id", $"must be a campaign of type {CampaignTypes.Coupons}, {CampaignTypes.Gifts} or {CampaignTypes.Loyalty}"));
        }

        var kept = new JsonObject { ["id"] = campaign.Id };
        if (campaign.Row.CampaignType != CampaignTypes.Coupons)
        {
            if (LoyaltyJson.Whole(given, "balance") is not (>= 1 and <= LoyaltyLimits.Points and var balance))
            {
                return (null, new RewardResult.InvalidBalance(campaign.Row.CampaignType));
            }

            kept["balance"] = balance;
        }

        kept["type"] = campaign.Row.CampaignType;
        return (new JsonObject { ["campaign"] = kept }, null);
    }

    private static (JsonObject? Parameters, RewardResult? Refusal) OfCoin(JsonElement given)
    {
        if (LoyaltyJson.Number(LoyaltyJson.Child(given, "exchange_ratio")) is not { } exchange)
        {
            return (null, new RewardResult.Missing("parameters.coin.exchange_ratio"));
        }

        // Less than a minor unit for so many points is nothing that could be paid with.
        if (exchange is < 0.01m or > LargestExchange)
        {
            return (null, Invalid("parameters.coin.exchange_ratio", $"must be 0.01 to {LargestExchange}"));
        }

        var ratio = LoyaltyJson.Child(given, "points_ratio") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } ? LoyaltyJson.Whole(given, "points_ratio") : 1;
        return ratio is >= 1 and <= LoyaltyLimits.Points
            ? (new JsonObject { ["coin"] = new JsonObject { ["exchange_ratio"] = exchange, ["points_ratio"] = ratio } }, null)
            : (null, Invalid("parameters.coin.points_ratio", $"must be a whole number, 1 to {LoyaltyLimits.Points}"));
    }

    private async Task<(JsonObject? Parameters, RewardResult? Refusal)> OfProductAsync(int project, string? id, string? skuId)
    {
        if (id is null)
        {
            return (null, new RewardResult.Missing("parameters.product.id"));
        }

        if ((await products.FindAsync(project, id) ?? await products.FindAsync(project, ProductTable.SourceId, id)) is not { } product)
        {
            return (null, new RewardResult.NotFound("product", id));
        }

        if (skuId is null)
        {
            return (new JsonObject { ["product"] = new JsonObject { ["id"] = product.Id, ["sku_id"] = null } }, null);
        }

        return (await skus.FindAsync(project, skuId) ?? await skus.FindAsync(project, SkuTable.SourceId, skuId)) is { } sku && sku.ProductId == product.Id
            ? (new JsonObject { ["product"] = new JsonObject { ["id"] = product.Id, ["sku_id"] = sku.Id } }, null)
            : (null, new RewardResult.NotFound("sku", skuId));
    }

    private static RewardResult.Invalid Invalid(string field, string message) => new([new FieldProblem(field, message)]);
}
