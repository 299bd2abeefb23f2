using Marketing.Http;
using Marketing.Loyalties;
using Marketing.Redemptions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Rewards;

/// <summary>Points of a member for a reward.</summary>
internal static class RewardRedemptionEndpoints
{
    public static void MapRewardRedemptions(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/loyalties").WithTags("Loyalties").WithPath("campaignId", "The id or the name of the programme.").WithPath("memberId", "The code or the id of the member's card.");
        group.MapPost("/{campaignId}/members/{memberId}/redemption", RedeemOfAsync).WithName("RedeemRewardOfProgram").Accepts<RewardRedemptionRequest>("application/json").WithExample(RewardExamples.Redemption);
        group.MapPost("/members/{memberId}/redemption", RedeemAsync).WithName("RedeemReward").Accepts<RewardRedemptionRequest>("application/json").WithExample(RewardExamples.Redemption);
    }

    /// <summary>
    /// Exchanges points of a member for a reward: points, stock and what is given change in one transaction, or nothing does, however many ask at once. The answer is the redemption; a code that is given is in its
    /// <c>reward.voucher</c>. What is refused is stored as a failed redemption.
    /// </summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> RedeemOfAsync(string campaignId, string memberId, Caller caller, JsonBody body, IGrainFactory grains) =>
        SendAsync(campaignId, memberId, caller, body, grains);

    /// <summary>The same without naming the programme.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> RedeemAsync(string memberId, Caller caller, JsonBody body, IGrainFactory grains) => SendAsync(null, memberId, caller, body, grains);

    private static async Task<Results<Wire<RawJson>, ApiError>> SendAsync(string? campaignId, string memberId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var requested = RedemptionReader.ReadOne(body.Object, RedeemableReference.Voucher, memberId);
        if (campaignId is not null && await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is null)
        {
            return ApiError.NotFound("campaign", campaignId);
        }

        if (await LoyaltyMemberEndpoints.IdAsync(memberId, campaignId, caller, grains) is null)
        {
            return ApiError.NotFound("voucher", memberId);
        }

        var command = await requested.ResolveAsync(caller, grains, stores: true);
        return RedemptionAnswers.OfOne(await grains.Redemptions(caller.Number).RedeemAsync(command, caller.Context(body.Utf8.Span)), command.Id, "redemptions");
    }
}

/// <summary>What a member wants for points.</summary>
internal sealed record RewardRedemptionRequest
{
    public required RewardChoiceRequest Reward { get; init; }

    /// <summary>What is bought: required where points pay for it.</summary>
    public Orders.OrderRequestBody? Order { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }
}
