using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Rewards;

/// <summary>Rewards: what points are exchanged for.</summary>
internal static class RewardEndpoints
{
    public const string Prefix = "rew_";
    public const string AssignmentPrefix = "rewa_";
    public const int MaxPage = 100;

    public static void MapRewards(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/rewards").WithTags("Rewards").WithPath("rewardId", "The id of the reward.").WithPath("rewardAssignmentId", "The id of the assignment.");
        group.MapPost("", CreateAsync).WithName("CreateReward").Accepts<RewardRequest>("application/json").WithExample(RewardExamples.Reward);
        group.MapGet("", ListAsync).WithName("ListRewards").WithQuery(Query.Limit, Query.Page(MaxPage), Query.Text("assignment_id", "Only the reward of an assignment."));
        group.MapGet("/{rewardId}", GetAsync).WithName("GetReward");
        group.MapPut("/{rewardId}", UpdateAsync).WithName("UpdateReward").Accepts<RewardChange>("application/json").WithExample(RewardExamples.RewardChange);
        group.MapDelete("/{rewardId}", DeleteAsync).WithName("DeleteReward");
        group.MapGet("/{rewardId}/assignments", ListAssignmentsAsync).WithName("ListRewardAssignments").WithQuery(Query.Limit, Query.Page(MaxPage));
        group.MapPost("/{rewardId}/assignments", AssignAsync).WithName("AssignReward").Accepts<RewardAssignmentRequest>("application/json").WithExample(RewardExamples.Assignment);
        group.MapGet("/{rewardId}/assignments/{rewardAssignmentId}", GetAssignmentAsync).WithName("GetRewardAssignment");
        group.MapPut("/{rewardId}/assignments/{rewardAssignmentId}", UpdateAssignmentAsync).WithName("UpdateRewardAssignment").Accepts<RewardAssignmentChangeRequest>("application/json").WithExample(RewardExamples.AssignmentChange);
        group.MapDelete("/{rewardId}/assignments/{rewardAssignmentId}", UnassignAsync).WithName("UnassignReward");
    }

    /// <summary>Makes a reward. It is to be had for points once it is assigned to a loyalty programme. A project has at most 1,000.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains) =>
        (await grains.Rewards(caller.Number).CreateAsync(RewardReader.Read(body.Object, caller.NewId(Prefix), isNew: true), caller.Context(body.Utf8.Span))).Answer();

    /// <summary>Lists rewards, the newest first.</summary>
    internal static async Task<Wire<DataList<RawJson>>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.RewardQueries(caller.Number).ListAsync(query.Text("assignment_id"), query.Limit(), query.Page(MaxPage), cancellation);
        return Wire.Ok(new DataList<RawJson>(page.Items, page.Total));
    }

    /// <summary>One reward, with how many are left and how often it was redeemed.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string rewardId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe(Prefix, rewardId) && await grains.RewardQueries(caller.Number).FindAsync(rewardId, cancellation) is { } reward ? Wire.Ok(reward) : ApiError.NotFound("reward", rewardId);

    /// <summary>Changes what is given of a reward; its type stays. A stock is how many are left from now on. Repeating it changes nothing.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string rewardId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = RewardReader.Read(body.Object, rewardId, isNew: false);
        return Ids.CanBe(Prefix, rewardId) ? (await grains.Rewards(caller.Number).ChangeAsync(command)).Answer() : ApiError.NotFound("reward", rewardId);
    }

    /// <summary>Deletes a reward that is assigned to no programme; otherwise <c>resource_in_use</c>. What was redeemed stays.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string rewardId, Caller caller, IGrainFactory grains)
    {
        if (!Ids.CanBe(Prefix, rewardId))
        {
            return ApiError.NotFound("reward", rewardId);
        }

        return await grains.Rewards(caller.Number).DeleteAsync(rewardId) is var result and not RewardResult.Gone ? RewardAnswers.Refusal(result) : TypedResults.NoContent();
    }

    /// <summary>Lists where a reward is to be had, the newest first.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ListAssignmentsAsync(string rewardId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (limit, page) = (query.Limit(), query.Page(MaxPage));
        return Ids.CanBe(Prefix, rewardId) && await grains.RewardQueries(caller.Number).AssignmentsOfRewardAsync(rewardId, limit, page, cancellation) is { } found
            ? Wire.Ok(new DataList<RawJson>(found.Items, found.Total))
            : ApiError.NotFound("reward", rewardId);
    }

    /// <summary>Assigns a reward to a loyalty programme, where it is to be had for points from then on. Once: the second time it is <c>duplicate_found</c>.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> AssignAsync(string rewardId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = RewardReader.Assignment(body.Object, caller.NewId(AssignmentPrefix), rewardId, null);
        return Ids.CanBe(Prefix, rewardId) ? (await grains.Rewards(caller.Number).AssignAsync([command], caller.Context(body.Utf8.Span))).Answer() : ApiError.NotFound("reward", rewardId);
    }

    /// <summary>One assignment of a reward.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAssignmentAsync(string rewardId, string rewardAssignmentId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe(AssignmentPrefix, rewardAssignmentId) && await grains.RewardQueries(caller.Number).FindAssignmentAsync(new RewardAssignmentReference(rewardAssignmentId, rewardId, null), cancellation) is { } found
            ? Wire.Ok(found)
            : ApiError.NotFound("reward_assignment", rewardAssignmentId);

    /// <summary>Changes what a reward costs in a programme. Repeating it changes nothing.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAssignmentAsync(string rewardId, string rewardAssignmentId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var change = RewardReader.Change(body.Object, new RewardAssignmentReference(rewardAssignmentId, rewardId, null));
        return Ids.CanBe(AssignmentPrefix, rewardAssignmentId) ? (await grains.Rewards(caller.Number).ChangeAssignmentAsync(change)).Answer() : ApiError.NotFound("reward_assignment", rewardAssignmentId);
    }

    /// <summary>Ends an assignment: the reward is not to be had in the programme any more.</summary>
    internal static async Task<Results<NoContent, ApiError>> UnassignAsync(string rewardId, string rewardAssignmentId, Caller caller, IGrainFactory grains) =>
        !Ids.CanBe(Prefix, rewardId) || await grains.RewardQueries(caller.Number).FindAsync(rewardId) is null ? ApiError.NotFound("reward", rewardId)
        : Ids.CanBe(AssignmentPrefix, rewardAssignmentId) && await grains.Rewards(caller.Number).UnassignAsync(new RewardAssignmentReference(rewardAssignmentId, rewardId, null)) ? TypedResults.NoContent()
        : ApiError.NotFound("reward_assignment", rewardAssignmentId);
}
