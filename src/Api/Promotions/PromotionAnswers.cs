using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Promotions;

/// <summary>Answers of grains as callers get them.</summary>
internal static class PromotionAnswers
{
    public static Results<Wire<RawJson>, ApiError> Answer(this PromotionResult result) => result is PromotionResult.Saved saved ? Wire.Ok(saved.Document) : Refusal(result);

    public static ApiError Refusal(PromotionResult result) => result switch
    {
        PromotionResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        PromotionResult.WrongCampaign wrong => new ApiError(
            400, "invalid_campaign", "Invalid Campaign", $"Campaign {wrong.Campaign} is a {wrong.CampaignType} campaign; promotion tiers and stacks belong to a PROMOTION campaign")
        {
            ResourceId = wrong.Campaign,
            ResourceType = "campaign",
        },
        PromotionResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
        PromotionResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        PromotionResult.TooMany many => ApiError.InvalidPayload(many.Rule),
        PromotionResult.KeyReused => ApiError.KeyReused(),
        PromotionResult.Deleted deleted => ApiError.DeletedMeanwhile(deleted.Type, deleted.Id),
        _ => throw new UnreachableException(),
    };
}
