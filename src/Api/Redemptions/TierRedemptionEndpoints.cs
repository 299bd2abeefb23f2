using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Redemptions;

/// <summary>Validation and redemption of one promotion tier, kept for clients that know no other way.</summary>
internal static class TierRedemptionEndpoints
{
    public static void MapTierRedemptions(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/promotions/tiers").WithPath("tierId", "The id of the tier.").WithPath("promotionTierId", "The id of the tier.");
        group.MapPost("/{tierId}/validation", ValidateAsync).WithName("ValidatePromotionTier").WithTags("Validations")
            .Accepts<SingleRedemptionRequest>("application/json").WithExample(RedemptionExamples.Single);
        group.MapPost("/{promotionTierId}/redemption", RedeemAsync).WithName("RedeemPromotionTier").WithTags("Redemptions")
            .Accepts<SingleRedemptionRequest>("application/json").WithExample(RedemptionExamples.Single);
    }

    /// <summary>Whether one promotion tier applies.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ValidateAsync(string tierId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        if (Ids.Reference(tierId) is not { } reference)
        {
            return ApiError.NotFound("promotion_tier", tierId);
        }

        var command = await RedemptionReader.ReadOne(body.Object, RedeemableReference.PromotionTier, reference).ResolveAsync(caller, grains, stores: false);
        return RedemptionAnswers.OfOne(await grains.Redemptions(caller.Number).ValidateAsync(command, caller.Context(body.Utf8.Span)), decided => SingleValidation.OfTier(decided, command));
    }

    /// <summary>Redeems one promotion tier; the answer is the redemption.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RedeemAsync(string promotionTierId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        if (Ids.Reference(promotionTierId) is not { } reference)
        {
            return ApiError.NotFound("promotion_tier", promotionTierId);
        }

        var command = await RedemptionReader.ReadOne(body.Object, RedeemableReference.PromotionTier, reference).ResolveAsync(caller, grains, stores: true);
        return RedemptionAnswers.OfOne(await grains.Redemptions(caller.Number).RedeemAsync(command, caller.Context(body.Utf8.Span)), command.Id, "redemptions");
    }
}
