using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Rewards;

/// <summary>Answers of grains as callers get them.</summary>
internal static class RewardAnswers
{
    public static Results<Wire<RawJson>, ApiError> Answer(this RewardResult result) => result switch
    {
        RewardResult.Saved saved => Wire.Ok(saved.Document),
        RewardResult.AllSaved { Documents: [var only] } => Wire.Ok(only),
        _ => Refusal(result),
    };

    public static Results<Wire<IReadOnlyList<RawJson>>, ApiError> AnswerAll(this RewardResult result) => result is RewardResult.AllSaved saved ? Wire.Ok(saved.Documents) : Refusal(result);

    public static ApiError Refusal(RewardResult result) => result switch
    {
        RewardResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        RewardResult.Missing missing => new ApiError(400, "missing_param", "Missing required parameter", $"Parameter '{missing.Field}' is required"),
        RewardResult.InvalidBalance wrong => new ApiError(
            400, "invalid_balance", "Property 'parameters.campaign.balance' is invalid", $"Property 'parameters.campaign.balance' must be greater than zero for campaign type: {wrong.CampaignType}"),
        RewardResult.Duplicate duplicate => ApiError.Duplicate("reward_assignment", duplicate.AssignmentId, $"Duplicated reward_assignment exists with id {duplicate.AssignmentId}"),
        RewardResult.InUse used => new ApiError(
            400, "resource_in_use", "Resource in use", $"Resource reward with id {used.RewardId} is in use by reward_assignments with ids [{string.Join(", ", used.AssignmentIds)}]")
        {
            RelatedIds = used.AssignmentIds,
            RelatedType = "reward_assignment",
        },
        RewardResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
        RewardResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        RewardResult.KeyReused => ApiError.KeyReused(),
        RewardResult.Deleted deleted => ApiError.DeletedMeanwhile(deleted.Type, deleted.Id),
        _ => throw new UnreachableException(),
    };
}
