using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Promotions;

/// <summary>Promotion tiers: discounts that need no code.</summary>
internal static class PromotionEndpoints
{
    private const string Prefix = "promo_";
    public const int MaxPage = 100;

    public static readonly QueryParameter Available =
        Query.OneOf("is_available", "Only tiers that hold now: they and their campaigns are enabled and within their time.", "true", "false");

    public static readonly string[] Orders = ["created_at", "updated_at"];

    public static void MapPromotions(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/promotions").WithTags("Promotions").WithPath("campaignId", "The id or the name of the campaign.")
            .WithPath("promotionTierId", "The id of the tier.").WithPath("stackId", "The id of the stack.");
        group.MapGet("/tiers", ListAsync).WithName("ListPromotionTiers")
            .WithQuery(Available, Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", Orders));
        group.MapGet("/tiers/{promotionTierId}", GetAsync).WithName("GetPromotionTier");
        group.MapPut("/tiers/{promotionTierId}", UpdateAsync).WithName("UpdatePromotionTier").Accepts<PromotionTierChangeRequest>("application/json").WithExample(PromotionExamples.TierChange);
        group.MapDelete("/tiers/{promotionTierId}", DeleteAsync).WithName("DeletePromotionTier");
        group.MapPost("/tiers/{promotionTierId}/enable", EnableAsync).WithName("EnablePromotionTier");
        group.MapPost("/tiers/{promotionTierId}/disable", DisableAsync).WithName("DisablePromotionTier");
        group.MapGet("/{campaignId}/tiers", ListOfCampaignAsync).WithName("ListPromotionTiersOfCampaign");
        group.MapPost("/{campaignId}/tiers", CreateAsync).WithName("CreatePromotionTier").Accepts<PromotionTierRequest>("application/json").WithExample(PromotionExamples.Tier);
        group.MapPromotionStacks();
    }

    /// <summary>
    /// Adds a tier to a campaign of type PROMOTION. Without a hierarchy it is the last; a place that another has makes that one give way. Rules that are named are assigned to it. A project has at most 1,000 tiers.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = PromotionReader.NewTier(body.Object);
        return Ids.Reference(campaignId) is { } campaign
            ? (await grains.Promotions(caller.Number).CreateTierAsync(caller.NewId(Prefix), campaign, command, caller.Context(body.Utf8.Span))).Answer()
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Lists the tiers of all campaigns.</summary>
    internal static async Task<Wire<PromotionTierListResponse>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.PromotionQueries(caller.Number).ListTiersAsync(Asked(query), cancellation);
        return Wire.Ok(new PromotionTierListResponse(page.Items, page.Total, page.HasMore));
    }

    /// <summary>Which tiers a query asks for.</summary>
    public static PromotionTierListQuery Asked(QueryReader query) => new(query.Limit(), query.Page(MaxPage), query.Order("-created_at", Orders), query.OneOf(Available) == "true");

    /// <summary>Lists all tiers of a campaign, by their hierarchy.</summary>
    internal static async Task<Results<Wire<PromotionTierListResponse>, ApiError>> ListOfCampaignAsync(
        string campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(campaignId) is { } campaign && await grains.PromotionQueries(caller.Number).TiersOfAsync(campaign, cancellation) is { } tiers
            ? Wire.Ok(new PromotionTierListResponse(tiers, tiers.Count, HasMore: false))
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>One tier.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string promotionTierId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe(Prefix, promotionTierId) && await grains.PromotionQueries(caller.Number).FindTierAsync(promotionTierId, cancellation) is { } tier ? Wire.Ok(tier) : Missing(promotionTierId);

    /// <summary>
    /// Changes what is given of a tier; metadata key by key. With another hierarchy the tiers between its old and its new place move by one. Rules that are named are assigned as well, and none is taken away:
    /// that is what assignments of rules are for.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string promotionTierId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = PromotionReader.Tier(body.Object);
        return Ids.CanBe(Prefix, promotionTierId) ? (await grains.Promotions(caller.Number).ChangeTierAsync(promotionTierId, command)).Answer() : Missing(promotionTierId);
    }

    /// <summary>Deletes a tier. It is taken out of the stacks it is in; a stack of it alone goes too.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string promotionTierId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(Prefix, promotionTierId) && await grains.Promotions(caller.Number).DeleteTierAsync(promotionTierId) ? TypedResults.NoContent() : Missing(promotionTierId);

    /// <summary>Enables a tier.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> EnableAsync(string promotionTierId, Caller caller, IGrainFactory grains) => SetActiveAsync(promotionTierId, true, caller, grains);

    /// <summary>Disables a tier: nobody gets its discount until it is enabled.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> DisableAsync(string promotionTierId, Caller caller, IGrainFactory grains) => SetActiveAsync(promotionTierId, false, caller, grains);

    private static async Task<Results<Wire<RawJson>, ApiError>> SetActiveAsync(string promotionTierId, bool active, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(Prefix, promotionTierId) ? (await grains.Promotions(caller.Number).SetTierActiveAsync(promotionTierId, active)).Answer() : Missing(promotionTierId);

    private static ApiError Missing(string id) => ApiError.NotFound("promotion_tier", id);
}
