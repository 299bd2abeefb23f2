using System.Diagnostics;
using Marketing.AsyncActions;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Campaigns;

/// <summary>Campaigns: what codes are made for, and what they are worth.</summary>
internal static class CampaignEndpoints
{
    private const int MaxPage = 100;
    private const string SinceItWasMade = "is not supported: figures are counted since the campaign was made";

    private static readonly QueryParameter Type = Query.OneOf("campaign_type", "Only campaigns of a type.", "DISCOUNT_COUPONS", "GIFT_VOUCHERS", "PROMOTION", "LOYALTY_PROGRAM", "REFERRAL_PROGRAM");
    private static readonly QueryParameter Status = Query.OneOf(
        "campaign_status", "Only campaigns whose codes are so far, or that are enabled, or are not.", "DONE", "IN_PROGRESS", "FAILED", "DRAFT", "MODIFYING", "ACTIVE", "INACTIVE");
    private static readonly QueryParameter IsReferral = Query.OneOf("is_referral_code", "Only referral programmes, or only others.", "true", "false");
    private static readonly QueryParameter Filters = Query.Filters(
        "campaigns", "campaigns, campaigns_id, campaign_type, campaign_status, status, voucher_type, type, active, is_referral_code, categories, category_ids, created_date, updated_at, start_date, expiration_date, validity_timeframe, validity_day_of_week, description or metadata.KEY");
    private static readonly QueryParameter Expand = Query.OneOf("expand", "With category the categories of campaigns are written as a whole.", "category", "access_settings_assignments");

    public static void MapCampaigns(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/campaigns").WithTags("Campaigns").WithPath("campaignId", "The id or the name of the campaign.");
        group.MapPost("", CreateAsync).WithName("CreateCampaign").Accepts<CampaignRequest>("application/json").WithExample(CampaignExamples.Coupons);
        group.MapGet("", ListAsync).WithName("ListCampaigns").WithQuery(Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "updated_at", "name"), Type, Status, IsReferral, Expand, Filters);
        group.MapGet("/{campaignId}", GetAsync).WithName("GetCampaign");
        group.MapPut("/{campaignId}", UpdateAsync).WithName("UpdateCampaign").Accepts<CampaignRequest>("application/json").WithExample(CampaignExamples.Change);
        group.MapDelete("/{campaignId}", DeleteAsync).WithName("DeleteCampaign")
            .WithQuery(Query.OneOf("force", "Taken as true whatever is given: what is deleted is deleted for good.", "true", "false"));
        group.MapPost("/{campaignId}/enable", EnableAsync).WithName("EnableCampaign");
        group.MapPost("/{campaignId}/disable", DisableAsync).WithName("DisableCampaign");
        group.MapGet("/{campaignId}/summary", SummarizeAsync).WithName("SummarizeCampaign");
    }

    /// <summary>
    /// Creates a campaign. Its codes are made in the background: <c>vouchers_generation_status</c> is <c>IN_PROGRESS</c> until there are as many as <c>vouchers_count</c> asked for. A pattern that has room for fewer
    /// than ten times as many is refused; one whose codes a stranger might guess is taken with a warning. Promotion tiers are made with their campaign or not at all.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = CampaignReader.Create(body.Object);
        return Answer(await grains.Campaign(caller.Number, caller.NewId("camp_")).CreateAsync(command, caller.Context(body.Utf8.Span)));
    }

    /// <summary>Lists campaigns.</summary>
    internal static async Task<Results<Wire<CampaignListResponse>, ApiError>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        query.RefuseGiven("access_settings", "is not supported: there are no areas and stores");
        var status = query.OneOf(Status);
        var active = status switch { "ACTIVE" => true, "INACTIVE" => false, _ => (bool?)null };
        var asked = new CampaignListQuery(
            query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at", "updated_at", "name"), query.OneOf(Type), active, query.OneOf(Expand) == "category", query.Filters())
        {
            Status = active is null ? status : null,
            IsReferral = query.OneOf(IsReferral) is { } referral ? referral == "true" : null,
        };
        var found = await grains.CampaignQueries(caller.Number).ListAsync(asked, cancellation);
        return found.Problems.Count > 0
            ? Listed.Refused(found.Problems).Refusal()
            : Wire.Ok(new CampaignListResponse(found.Page.Items, found.Page.Total));
    }

    /// <summary>One campaign.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(campaignId) is { } reference && await grains.CampaignQueries(caller.Number).FindAsync(reference, cancellation) is { } campaign
            ? Wire.Ok(campaign)
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>Changes what is given. Codes that were published or redeemed keep what they were worth and when they hold.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = CampaignReader.Change(body.Object);
        return await IdAsync(campaignId, caller, grains) is { } id
            ? Answer(await grains.Campaign(caller.Number, id).ChangeAsync(command))
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Deletes a campaign with its promotion tiers and stacks at once, and its codes in the background.</summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> DeleteAsync(string campaignId, Caller caller, IGrainFactory grains) =>
        await IdAsync(campaignId, caller, grains) is { } id && await grains.Campaign(caller.Number, id).DeleteAsync(caller.Context([])) is { } job
            ? new WireAccepted<AsyncActionStarted>(new AsyncActionStarted(job))
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>Figures of a campaign since it was made; those of a part of that time are refused, because nobody counts them.</summary>
    internal static async Task<Results<Wire<CampaignSummaryResponse>, ApiError>> SummarizeAsync(
        string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        query.RefuseGiven("start_date", SinceItWasMade);
        query.RefuseGiven("end_date", SinceItWasMade);
        return Ids.Reference(campaignId) is { } reference && await grains.CampaignQueries(caller.Number).SummarizeAsync(reference, cancellation) is { } summary
            ? Wire.Ok(CampaignSummaryResponse.From(summary))
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Enables a campaign; repeating it changes nothing.</summary>
    internal static Task<Results<Wire<EmptyObject>, ApiError>> EnableAsync(string campaignId, Caller caller, IGrainFactory grains) => SetActiveAsync(campaignId, active: true, caller, grains);

    /// <summary>Disables a campaign: none of its codes is published or redeemed until it is enabled. Repeating it changes nothing.</summary>
    internal static Task<Results<Wire<EmptyObject>, ApiError>> DisableAsync(string campaignId, Caller caller, IGrainFactory grains) => SetActiveAsync(campaignId, active: false, caller, grains);

    private static async Task<Results<Wire<EmptyObject>, ApiError>> SetActiveAsync(string campaignId, bool active, Caller caller, IGrainFactory grains) =>
        await IdAsync(campaignId, caller, grains) is { } id && await grains.Campaign(caller.Number, id).SetActiveAsync(active)
            ? Wire.Ok(new EmptyObject())
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>The id behind what stands in the path.</summary>
    public static async ValueTask<string?> IdAsync(string campaignId, Caller caller, IGrainFactory grains) =>
        Ids.Reference(campaignId) is { } reference ? await grains.CampaignQueries(caller.Number).FindIdAsync(reference) : null;

    public static Results<Wire<RawJson>, ApiError> Answer(CampaignResult result) => result is CampaignResult.Saved saved ? Wire.Ok(saved.Campaign) : Refusal(result);

    /// <summary>What a refusal is on the wire.</summary>
    public static ApiError Refusal(CampaignResult result) => result switch
    {
        CampaignResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        CampaignResult.Duplicate duplicate => new ApiError(409, "duplicate_found", "Duplicated resource found", $"Duplicated campaign exists with name {duplicate.Name}")
        {
            ResourceId = duplicate.Name,
            ResourceType = "campaign",
        },
        CampaignResult.Invalid invalid => new ApiError(400, "invalid_campaign", "Invalid Campaign", invalid.Rule),
        CampaignResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        CampaignResult.KeyReused => ApiError.KeyReused(),
        CampaignResult.Deleted deleted => ApiError.DeletedMeanwhile("campaign", deleted.Id),
        CampaignResult.InvalidFields invalid => ApiError.InvalidFields(invalid.Problems),
        _ => throw new UnreachableException(),
    };
}
