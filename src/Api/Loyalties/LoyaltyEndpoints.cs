using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Loyalty programmes: campaigns whose codes are cards that points are on.</summary>
internal static class LoyaltyEndpoints
{
    public const int MaxPage = 100;

    private const string Type = "LOYALTY_PROGRAM";

    private static readonly QueryParameter Expand = Query.OneOf("expand", "With category the categories of programmes are written as a whole.", "category", "access_settings_assignments");

    public static void MapLoyalties(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/loyalties").WithTags("Loyalties").WithPath("campaignId", "The id or the name of the programme.").WithPath("memberId", "The code or the id of the member's card.")
            .WithPath("pendingPointsId", "The id of the points that wait.").WithPath("earningRuleId", "The id of the earning rule.").WithPath("loyaltyTierId", "The id of the tier.");
        group.MapPost("", CreateAsync).WithName("CreateLoyaltyProgram").Accepts<CampaignRequest>("application/json").WithExample(LoyaltyExamples.Program);
        group.MapGet("", ListAsync).WithName("ListLoyaltyPrograms").WithQuery(Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "updated_at", "name"), Expand);
        group.MapGet("/{campaignId}", GetAsync).WithName("GetLoyaltyProgram");
        group.MapPut("/{campaignId}", UpdateAsync).WithName("UpdateLoyaltyProgram").Accepts<CampaignRequest>("application/json").WithExample(LoyaltyExamples.ProgramChange);
        group.MapDelete("/{campaignId}", DeleteAsync).WithName("DeleteLoyaltyProgram")
            .WithQuery(Query.OneOf("force", "Taken as true whatever is given: what is deleted is deleted for good.", "true", "false"));
        group.MapLoyaltyMembers();
        group.MapLoyaltyPoints();
        group.MapPendingPoints();
        group.MapEarningRules();
        group.MapLoyaltyTiers();
        v1.MapCampaignFiles();
    }

    /// <summary>
    /// Creates a loyalty programme. Its cards are made in the background or, with type AUTO_UPDATE, as members join. When its points expire is said by <c>voucher.loyalty_card.expiration_rules</c>, how members get into tiers by
    /// <c>loyalty_tiers_expiration</c>.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = CampaignReader.Create(body.Object);
        return command.CampaignType is null or Type
            ? CampaignEndpoints.Answer(await grains.Campaign(caller.Number, caller.NewId("camp_")).CreateAsync(command with { CampaignType = Type }, caller.Context(body.Utf8.Span)))
            : throw body.Object.Refuse(".campaign_type", $"must be {Type}");
    }

    /// <summary>Lists loyalty programmes.</summary>
    internal static async Task<Wire<CampaignListResponse>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = new CampaignListQuery(
            query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at", "updated_at", "name"), Type, null, query.OneOf(Expand) == "category");
        var found = await grains.CampaignQueries(caller.Number).ListAsync(asked, cancellation);
        return Wire.Ok(new CampaignListResponse(found.Page.Items, found.Page.Total));
    }

    /// <summary>One loyalty programme.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        await IdAsync(campaignId, caller, grains) is { } id && await grains.CampaignQueries(caller.Number).FindAsync(id, cancellation) is { } campaign
            ? Wire.Ok(campaign)
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>Changes what is given. When points expire and how tiers are reached is in force for all members at once, for what happens from then on; points that are there keep their end.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = CampaignReader.Change(body.Object);
        return await IdAsync(campaignId, caller, grains) is { } id ? CampaignEndpoints.Answer(await grains.Campaign(caller.Number, id).ChangeAsync(command)) : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Deletes a programme with its tiers and earning rules at once, and its cards in the background.</summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> DeleteAsync(string campaignId, Caller caller, IGrainFactory grains) =>
        await IdAsync(campaignId, caller, grains) is { } id && await grains.Campaign(caller.Number, id).DeleteAsync(caller.Context([])) is { } job
            ? new WireAccepted<AsyncActionStarted>(new AsyncActionStarted(job))
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>The id behind what stands in the path; null where there is no such programme.</summary>
    public static async ValueTask<string?> IdAsync(string campaignId, Caller caller, IGrainFactory grains) =>
        Ids.Reference(campaignId) is { } reference ? await grains.LoyaltyQueries(caller.Number).FindProgramAsync(reference) : null;
}
