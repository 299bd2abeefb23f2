using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Promotions;

/// <summary>Promotion stacks: tiers that are used together, in an order.</summary>
internal static class PromotionStackEndpoints
{
    private const string Prefix = "stack_";
    private const int MaxPage = 100;

    public static void MapPromotionStacks(this RouteGroupBuilder promotions)
    {
        promotions.MapGet("/stacks", ListAsync).WithName("ListPromotionStacks").WithQuery(
            [Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "updated_at", "name"), .. Query.Between("created_at", "created"), .. Query.Between("updated_at", "changed")]);
        promotions.MapGet("/{campaignId}/stacks", ListOfCampaignAsync).WithName("ListPromotionStacksOfCampaign");
        promotions.MapPost("/{campaignId}/stacks", CreateAsync).WithName("CreatePromotionStack").Accepts<PromotionStackRequest>("application/json").WithExample(PromotionExamples.Stack);
        promotions.MapGet("/{campaignId}/stacks/{stackId}", GetAsync).WithName("GetPromotionStack");
        promotions.MapPut("/{campaignId}/stacks/{stackId}", UpdateAsync).WithName("UpdatePromotionStack").Accepts<PromotionStackRequest>("application/json").WithExample(PromotionExamples.StackChange);
        promotions.MapDelete("/{campaignId}/stacks/{stackId}", DeleteAsync).WithName("DeletePromotionStack");
    }

    /// <summary>Makes a stack of 1 to 30 tiers of the campaign, none twice. A project has at most 1,000 stacks.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = PromotionReader.NewStack(body.Object);
        return Ids.Reference(campaignId) is { } campaign
            ? (await grains.Promotions(caller.Number).CreateStackAsync(caller.NewId(Prefix), campaign, command, caller.Context(body.Utf8.Span))).Answer()
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Lists the stacks of all campaigns.</summary>
    internal static async Task<Wire<DataList<RawJson>>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = new PromotionStackListQuery(
            query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at", "updated_at", "name"), query.Range("created_at"), query.Range("updated_at"));
        var page = await grains.PromotionQueries(caller.Number).ListStacksAsync(asked, cancellation);
        return Wire.Ok(new DataList<RawJson>(page.Items, page.Total));
    }

    /// <summary>Lists all stacks of a campaign, in the order in which they were made.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ListOfCampaignAsync(string campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(campaignId) is { } campaign && await grains.PromotionQueries(caller.Number).StacksOfAsync(campaign, cancellation) is { } stacks
            ? Wire.Ok(new DataList<RawJson>(stacks, stacks.Count))
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>One stack of a campaign.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string campaignId, string stackId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        WhyNot(campaignId, stackId) is { } missing ? missing : (await grains.PromotionQueries(caller.Number).FindStackAsync(campaignId, stackId, cancellation)).Answer();

    /// <summary>Changes what is given of a stack. <c>category_id</c> is taken away by null.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string campaignId, string stackId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = PromotionReader.Stack(body.Object);
        return WhyNot(campaignId, stackId) is { } missing ? missing : (await grains.Promotions(caller.Number).ChangeStackAsync(campaignId, stackId, command)).Answer();
    }

    /// <summary>Deletes a stack; its tiers stay.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string campaignId, string stackId, Caller caller, IGrainFactory grains)
    {
        if (WhyNot(campaignId, stackId) is { } missing)
        {
            return missing;
        }

        var result = await grains.Promotions(caller.Number).DeleteStackAsync(campaignId, stackId);
        return result is PromotionResult.Deleted ? TypedResults.NoContent() : PromotionAnswers.Refusal(result);
    }

    // What no campaign and no stack is called.
    private static ApiError? WhyNot(string campaignId, string stackId) =>
        Ids.Reference(campaignId) is null ? ApiError.NotFound("campaign", campaignId)
        : Ids.CanBe(Prefix, stackId) ? null
        : ApiError.NotFound("promotion_stack", stackId);
}
