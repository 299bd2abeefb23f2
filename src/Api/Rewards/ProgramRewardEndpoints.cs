using Marketing.Http;
using Marketing.Loyalties;
using Marketing.Vouchers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Rewards;

/// <summary>Rewards of loyalty programmes, of their tiers and of their members.</summary>
internal static class ProgramRewardEndpoints
{
    private static readonly QueryParameter AffordableOnly = Query.OneOf("affordable_only", "With true only what the member has enough points for.", "true", "false");

    public static void MapProgramRewards(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/loyalties").WithTags("Loyalties").WithPath("campaignId", "The id or the name of the programme.").WithPath("memberId", "The code or the id of the member's card.")
            .WithPath("rewardAssignmentId", "The id of the assignment.").WithPath("loyaltyTierId", "The id of the tier.");
        group.MapGet("/{campaignId}/rewards", ListAsync).WithName("ListLoyaltyRewards").WithQuery(Query.Limit, Query.Page(RewardEndpoints.MaxPage), Query.Text("assignment_id", "Only this assignment."));
        group.MapPost("/{campaignId}/rewards", AssignAsync).WithName("AddLoyaltyRewards").Accepts<IReadOnlyList<RewardAssignmentRequest>>("application/json").WithExample(RewardExamples.Assignments);
        group.MapGet("/{campaignId}/rewards/{rewardAssignmentId}", GetAsync).WithName("GetLoyaltyReward");
        group.MapPut("/{campaignId}/rewards/{rewardAssignmentId}", UpdateAsync).WithName("UpdateLoyaltyReward").Accepts<RewardAssignmentChangeRequest>("application/json").WithExample(RewardExamples.AssignmentChange);
        group.MapDelete("/{campaignId}/rewards/{rewardAssignmentId}", UnassignAsync).WithName("RemoveLoyaltyReward");
        group.MapGet("/{campaignId}/reward-assignments", ListAssignmentsAsync).WithName("ListLoyaltyRewardAssignments").WithQuery(Query.Limit, Query.Page(RewardEndpoints.MaxPage), Query.Text("assignmentId", "Only this assignment."));
        group.MapGet("/{campaignId}/reward-assignments/{rewardAssignmentId}", GetAssignmentAsync).WithName("GetLoyaltyRewardAssignment");
        group.MapGet("/{campaignId}/reward-assignments/{rewardAssignmentId}/reward", GetRewardAsync).WithName("GetRewardOfLoyaltyAssignment");
        group.MapGet("/{campaignId}/tiers/{loyaltyTierId}/rewards", OfTierAsync).WithName("ListLoyaltyTierRewards");
        group.MapGet("/members/{memberId}/rewards", OfMemberAsync).WithName("ListLoyaltyMemberRewards").WithQuery(AffordableOnly);
    }

    /// <summary>Lists the assignments of a programme, the newest first.</summary>
    internal static Task<Results<Wire<DataList<RawJson>>, ApiError>> ListAsync(string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) =>
        ReadAsync(campaignId, query.Text("assignment_id"), caller, query, grains, cancellation);

    /// <summary>The same under its other name.</summary>
    internal static Task<Results<Wire<DataList<RawJson>>, ApiError>> ListAssignmentsAsync(string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) =>
        ReadAsync(campaignId, query.Text("assignmentId"), caller, query, grains, cancellation);

    /// <summary>Assigns rewards to a programme, all or none. Each once: the second time it is <c>duplicate_found</c>.</summary>
    internal static async Task<Results<Wire<IReadOnlyList<RawJson>>, ApiError>> AssignAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var items = body.Array.Items(RewardLimits.AssignmentsAtOnce);
        if (items.Count == 0)
        {
            throw body.Array.Refuse("", "must NOT have fewer than 1 items");
        }

        // The same ids when it is done again.
        var first = caller.NewId(RewardEndpoints.AssignmentPrefix);
        var commands = items.Select((item, at) => RewardReader.Assignment(
            item.AsObject(), at == 0 ? first : ObjectIds.FromSource(RewardEndpoints.AssignmentPrefix, caller.Number, $"{first}\n{at}"), null, campaignId)).ToList();
        return await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is not null
            ? (await grains.Rewards(caller.Number).AssignAsync(commands, caller.Context(body.Utf8.Span))).AnswerAll()
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>One assignment of a programme.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string campaignId, string rewardAssignmentId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Reference(campaignId, rewardAssignmentId) is { } asked && await grains.RewardQueries(caller.Number).FindAssignmentAsync(asked, cancellation) is { } found
            ? Wire.Ok(found)
            : ApiError.NotFound("reward_assignment", rewardAssignmentId);

    /// <summary>The same under its other name.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> GetAssignmentAsync(string campaignId, string rewardAssignmentId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        GetAsync(campaignId, rewardAssignmentId, caller, grains, cancellation);

    /// <summary>The reward of an assignment.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetRewardAsync(string campaignId, string rewardAssignmentId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Reference(campaignId, rewardAssignmentId) is { } asked && await grains.RewardQueries(caller.Number).RewardOfAsync(asked, cancellation) is { } found
            ? Wire.Ok(found)
            : ApiError.NotFound("reward_assignment", rewardAssignmentId);

    /// <summary>Changes what a reward costs in the programme. Repeating it changes nothing.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string campaignId, string rewardAssignmentId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var change = RewardReader.Change(body.Object, new RewardAssignmentReference(rewardAssignmentId, null, campaignId));
        return Reference(campaignId, rewardAssignmentId) is not null ? (await grains.Rewards(caller.Number).ChangeAssignmentAsync(change)).Answer() : ApiError.NotFound("reward_assignment", rewardAssignmentId);
    }

    /// <summary>Ends an assignment: the reward is not to be had in the programme any more.</summary>
    internal static async Task<Results<NoContent, ApiError>> UnassignAsync(string campaignId, string rewardAssignmentId, Caller caller, IGrainFactory grains) =>
        await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is null ? ApiError.NotFound("campaign", campaignId)
        : Reference(campaignId, rewardAssignmentId) is { } asked && await grains.Rewards(caller.Number).UnassignAsync(asked) ? TypedResults.NoContent()
        : ApiError.NotFound("reward_assignment", rewardAssignmentId);

    /// <summary>What members of a tier can have, with what it costs there. What the tier makes cost nothing is not to be had in it.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> OfTierAsync(string campaignId, string loyaltyTierId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(campaignId) is { } program && await grains.RewardQueries(caller.Number).OfTierAsync(program, loyaltyTierId, cancellation) is { } rewards
            ? Wire.Ok(new DataList<RawJson>(rewards, rewards.Count))
            : ApiError.NotFound("loyalty_tier", loyaltyTierId);

    /// <summary>What a member can have for points, with what it costs in the member's tier.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> OfMemberAsync(string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var affordable = query.OneOf(AffordableOnly) == "true";
        return VoucherAnswers.CanBeCode(memberId) && await grains.RewardQueries(caller.Number).OfMemberAsync(memberId, affordable, cancellation) is { } rewards
            ? Wire.Ok(new DataList<RawJson>(rewards, rewards.Count))
            : ApiError.NotFound("voucher", memberId);
    }

    private static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ReadAsync(string campaignId, string? assignment, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (limit, page) = (query.Limit(), query.Page(RewardEndpoints.MaxPage));
        return Ids.Reference(campaignId) is { } program && await grains.RewardQueries(caller.Number).AssignmentsOfProgramAsync(program, assignment, limit, page, cancellation) is { } found
            ? Wire.Ok(new DataList<RawJson>(found.Items, found.Total))
            : ApiError.NotFound("campaign", campaignId);
    }

    private static RewardAssignmentReference? Reference(string campaignId, string rewardAssignmentId) =>
        Ids.Reference(campaignId) is { } program && Ids.CanBe(RewardEndpoints.AssignmentPrefix, rewardAssignmentId) ? new RewardAssignmentReference(rewardAssignmentId, null, program) : null;
}
