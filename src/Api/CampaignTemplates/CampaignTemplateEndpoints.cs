using System.Diagnostics;
using Marketing.Campaigns;
using Marketing.Http;
using Marketing.Promotions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.CampaignTemplates;

/// <summary>What campaigns and promotion tiers are made of again and again.</summary>
internal static class CampaignTemplateEndpoints
{
    private const string Prefix = "camp_tpl_";

    private static readonly QueryParameter IncludeTotal = Query.OneOf("include_total", "Whether total is answered: how many templates the project has.", "true", "false");

    public static void MapCampaignTemplates(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/templates/campaigns").WithTags("Templates").WithPath("campaignTemplateId", "The id of the template.");
        group.MapPost("", CreateAsync).WithName("CreateCampaignTemplate").Accepts<CampaignTemplateRequest>("application/json").WithExample(CampaignTemplateExamples.Template);
        group.MapGet("", ListAsync).WithName("ListCampaignTemplates").WithQuery(Query.Limit, Query.Order("-id", "id"), Query.StartingAfterId, IncludeTotal, Query.Filters("templates", "id, name or campaign_type"));
        group.MapGet("/{campaignTemplateId}", GetAsync).WithName("GetCampaignTemplate");
        group.MapPut("/{campaignTemplateId}", UpdateAsync).WithName("UpdateCampaignTemplate").Accepts<CampaignTemplateChangeRequest>("application/json").WithExample(CampaignTemplateExamples.Change);
        group.MapDelete("/{campaignTemplateId}", DeleteAsync).WithName("DeleteCampaignTemplate");
        group.MapPost("/{campaignTemplateId}/campaign-setup", SetUpCampaignAsync).WithName("SetUpCampaign").Accepts<CampaignSetupRequest>("application/json").WithExample(CampaignTemplateExamples.Campaign);
        group.MapPost("/{campaignTemplateId}/tier-setup", SetUpTierAsync).WithName("SetUpPromotionTier").Accepts<TierSetupRequest>("application/json").WithExample(CampaignTemplateExamples.Tier);
    }

    /// <summary>
    /// Makes a template of a campaign of coupons or gift cards, or of a promotion tier, as it is now, with its validation rules. Name, category and number of codes are no part of it. A project has at most 1,000.
    /// </summary>
    internal static async Task<Results<Wire<CampaignTemplateResponse>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var command = Read(root) with { Campaign = root.Line("campaign_id", TextLimits.Id), Tier = root.Line("promotion_tier_id", TextLimits.Id) };
        if (command.Name is null)
        {
            throw root.Missing("name");
        }

        if (command.Campaign is not null && command.Tier is not null)
        {
            throw root.Refuse(".promotion_tier_id", "does not go with campaign_id");
        }

        return command.Campaign is null && command.Tier is null
            ? throw root.Missing("campaign_id")
            : Answer(await grains.CampaignTemplates(caller.Number).CreateAsync(caller.NewId(Prefix), command, caller.Context(body.Utf8.Span)));
    }

    /// <summary>Lists templates by their ids.</summary>
    internal static async Task<Results<Wire<CampaignTemplateListResponse>, ApiError>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var withTotal = query.OneOf(IncludeTotal) == "true";
        var asked = new CampaignTemplateListQuery(query.Limit(), query.Order("-id", "id") == "-id", query.Text("starting_after_id"), query.Filters());
        var (page, problems) = await grains.CampaignTemplates(caller.Number).ListAsync(asked, cancellation);
        return problems.Count > 0
            ? Listed.Refused(problems).Refusal()
            : Wire.Ok(new CampaignTemplateListResponse([.. page.Items.Select(CampaignTemplateResponse.From)], page.HasMore)
            {
                MoreStartingAfter = page.HasMore ? page.Items[^1].Id : null,
                Total = withTotal ? page.Total : null,
            });
    }

    /// <summary>One template.</summary>
    internal static async Task<Results<Wire<CampaignTemplateResponse>, ApiError>> GetAsync(
        string campaignTemplateId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        query.RefuseGiven("expand", "is not supported: a template has no JSON of its own");
        return Ids.CanBe(Prefix, campaignTemplateId) && await grains.CampaignTemplates(caller.Number).FindAsync(campaignTemplateId, cancellation) is { } template
            ? Wire.Ok(CampaignTemplateResponse.From(template))
            : NotFound(campaignTemplateId);
    }

    /// <summary>Changes name and description of a template.</summary>
    internal static async Task<Results<Wire<CampaignTemplateResponse>, ApiError>> UpdateAsync(string campaignTemplateId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = Read(body.Object);
        return Ids.CanBe(Prefix, campaignTemplateId) ? Answer(await grains.CampaignTemplates(caller.Number).ChangeAsync(campaignTemplateId, command)) : NotFound(campaignTemplateId);
    }

    /// <summary>Deletes a template for good. What was made of it stays.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string campaignTemplateId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(Prefix, campaignTemplateId) && await grains.CampaignTemplates(caller.Number).DeleteAsync(campaignTemplateId) ? TypedResults.NoContent() : NotFound(campaignTemplateId);

    /// <summary>
    /// Makes a campaign of a template. What is given replaces what the template has; validation rules are made for the campaign, as the template has them, and none are taken.
    /// </summary>
    internal static async Task<Results<Wire<CampaignSetupResponse>, ApiError>> SetUpCampaignAsync(string campaignTemplateId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var command = CampaignReader.Create(root);
        if (command.ValidationRules.Count > 0)
        {
            throw root.Refuse(".validation_rules", "are those of the template, made anew");
        }

        if (!Ids.CanBe(Prefix, campaignTemplateId))
        {
            return NotFound(campaignTemplateId);
        }

        var (result, rules) = await grains.CampaignTemplates(caller.Number).SetUpCampaignAsync(campaignTemplateId, caller.NewId("camp_"), command, caller.Context(body.Utf8.Span));
        return result switch
        {
            null => NotFound(campaignTemplateId),
            CampaignResult.Saved saved => Wire.Ok(new CampaignSetupResponse(CreatedResource.Of(rules), saved.Campaign)),
            _ => CampaignEndpoints.Refusal(result),
        };
    }

    /// <summary>Makes a promotion tier of a template of coupons and adds it to a campaign, in the same way.</summary>
    internal static async Task<Results<Wire<TierSetupResponse>, ApiError>> SetUpTierAsync(string campaignTemplateId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var command = PromotionReader.Tier(root);
        var campaign = root.Line("campaign_id", TextLimits.Id) is { Length: > 0 } given ? given : throw root.Missing("campaign_id");
        if (command.Name is null)
        {
            throw root.Missing("name");
        }

        if (command.ValidationRules.Count > 0 || root.Has("action"))
        {
            throw root.Refuse(root.Has("action") ? ".action" : ".validation_rules", "are those of the template");
        }

        if (!Ids.CanBe(Prefix, campaignTemplateId))
        {
            return NotFound(campaignTemplateId);
        }

        var (result, rules) = await grains.CampaignTemplates(caller.Number).SetUpTierAsync(campaignTemplateId, caller.NewId("promo_"), campaign, command, caller.Context(body.Utf8.Span));
        return result switch
        {
            null => NotFound(campaignTemplateId),
            PromotionResult.Saved saved => Wire.Ok(new TierSetupResponse(CreatedResource.Of(rules), saved.Document)),
            _ => PromotionAnswers.Refusal(result),
        };
    }

    private static CampaignTemplateCommand Read(Payload body) => new()
    {
        Name = body.Line("name", TextLimits.Name) is not { } name ? null : name.Trim().Length > 0 ? name : throw body.Refuse(".name", "must NOT be empty"),
        Description = body.Text("description", TextLimits.Description) ?? (body.Has("description") ? "" : null),
    };

    private static ApiError NotFound(string id) => ApiError.NotFound("campaign_template", id);

    private static Results<Wire<CampaignTemplateResponse>, ApiError> Answer(CampaignTemplateResult result) => result switch
    {
        CampaignTemplateResult.Saved saved => Wire.Ok(CampaignTemplateResponse.From(saved.Template)),
        CampaignTemplateResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        CampaignTemplateResult.NotSupported => new ApiError(
            400, "campaign_type_is_not_supported_by_campaign_template", "Campaign of the given type is not supported by campaign template", "A template is made of coupons, gift cards or a promotion tier"),
        CampaignTemplateResult.Duplicate taken => ApiError.Duplicate("campaign_template", taken.Name, $"Duplicated campaign_template exists with name {taken.Name}"),
        CampaignTemplateResult.TooMany => ApiError.InvalidPayload($"A project has at most {CampaignTemplate.Most} campaign templates"),
        CampaignTemplateResult.KeyReused => ApiError.KeyReused(),
        CampaignTemplateResult.Deleted => ApiError.DeletedMeanwhile("campaign_template", ""),
        _ => throw new UnreachableException(),
    };
}
