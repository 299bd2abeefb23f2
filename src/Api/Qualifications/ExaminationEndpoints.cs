using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Campaigns;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Qualifications;

/// <summary>What older clients ask before there were qualifications: of each kind by itself. The same is decided, and told in their words.</summary>
internal static class ExaminationEndpoints
{
    private const int MostTiers = 150;
    private const int MostLimit = 50;

    private static readonly QueryParameter AudienceRulesOnly = Query.OneOf("audienceRulesOnly", "Whether only conditions on the customer are asked.", "true", "false");

    private static readonly QueryParameter Limit = new("limit", "How many entries are answered at most.") { IsNumber = true, Range = (1, MostLimit), Default = "10" };

    private static readonly string[] VoucherOrders = ["created_at", "updated_at", "code"];

    private static readonly string[] CampaignOrders = ["created_at", "updated_at", "type", "code", "category", "campaign"];

    public static void MapExaminations(this IEndpointRouteBuilder v1)
    {
        v1.MapPost("/promotions/validation", ValidatePromotionsAsync).WithName("ValidatePromotions").WithTags("Qualifications")
            .WithQuery(AudienceRulesOnly, Query.Text("filters", "Only tiers that meet them: `filters[promotion_id][conditions][$is][0]`, the campaign, and `filters[metadata.KEY]…`."))
            .Accepts<ExaminationRequest>("application/json").WithExample(QualificationExamples.Examination);
        v1.MapPost("/vouchers/qualification", ExamineVouchersAsync).WithName("ExamineVouchers").WithTags("Qualifications")
            .WithQuery(AudienceRulesOnly, Limit, Query.Order("-created_at", VoucherOrders)).Accepts<ExaminationRequest>("application/json").WithExample(QualificationExamples.Examination);
        v1.MapPost("/campaigns/qualification", ExamineCampaignsAsync).WithName("ExamineCampaigns").WithTags("Qualifications")
            .WithQuery(AudienceRulesOnly, Limit, Query.Order("-created_at", CampaignOrders)).Accepts<ExaminationRequest>("application/json").WithExample(QualificationExamples.Examination);
    }

    /// <summary>Lists the promotion tiers that apply to a customer and a cart, the newest 150. Kept for clients that know no other way; <c>POST /v1/qualifications</c> does more.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ValidatePromotionsAsync(Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        var filters = query.Filters();
        var asked = await QualificationReader.ReadAsync(body.Object, QualificationSources.Tiers, query.OneOf(AudienceRulesOnly) == "true", MostTiers, caller, grains);
        asked = asked with { Filters = filters is null ? null : OfCampaigns(filters) };
        var result = await grains.Qualifications(caller.Number).QualifyAsync(asked, caller.Context(body.Utf8.Span));
        if (result is not QualificationResult.Qualified qualified)
        {
            return result is QualificationResult.Invalid invalid
                ? ApiError.InvalidQuery(string.Join(" ", invalid.Problems.Select(static problem => $"Property .{problem.Field.Replace("options.", "", StringComparison.Ordinal)} {problem.Message}")))
                : QualificationEndpoints.Refusal(result);
        }

        return Wire.Ok(Written(Examined.Promotions([.. Entries(qualified).Select(entry => Examined.Promotion(entry.Redeemable, entry.Object, asked.Request.TrackingId))], asked.Request.TrackingId)));
    }

    /// <summary>Lists the codes for everybody that apply to a customer and a cart. Kept for clients that know no other way; <c>POST /v1/qualifications</c> does more.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ExamineVouchersAsync(Caller caller, QueryReader query, JsonBody body, TimeProvider clock, IGrainFactory grains)
    {
        var (limit, order) = (LimitOf(query), query.Order("-created_at", VoucherOrders));
        var asked = await QualificationReader.ReadAsync(body.Object, QualificationSources.Generic, query.OneOf(AudienceRulesOnly) == "true", MostTiers * 2, caller, grains);
        var result = await grains.Qualifications(caller.Number).QualifyAsync(asked, caller.Context(body.Utf8.Span));
        return result is QualificationResult.Qualified qualified
            ? Wire.Ok(Written(Examined.List([.. Entries(qualified).Select(static entry => Examined.Voucher(entry.Redeemable, entry.Object))], order, limit, asked.Request.TrackingId, clock.GetUtcNow())))
            : QualificationEndpoints.Refusal(result);
    }

    /// <summary>Lists the campaigns whose codes would apply to a customer and a cart, the newest 50. Kept for clients that know no other way; <c>POST /v1/qualifications</c> does more.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ExamineCampaignsAsync(
        Caller caller, QueryReader query, JsonBody body, TimeProvider clock, IGrainFactory grains, CancellationToken cancellation)
    {
        var (limit, order) = (LimitOf(query), query.Order("-created_at", CampaignOrders));
        var asked = await QualificationReader.ReadAsync(body.Object, QualificationSources.Campaigns, query.OneOf(AudienceRulesOnly) == "true", MostLimit, caller, grains);
        var result = await grains.Qualifications(caller.Number).QualifyAsync(asked, caller.Context(body.Utf8.Span));
        if (result is not QualificationResult.Qualified qualified)
        {
            return QualificationEndpoints.Refusal(result);
        }

        var campaigns = await Task.WhenAll(Entries(qualified).Select(entry => grains.CampaignQueries(caller.Number).FindAsync(entry.Redeemable["id"]!.GetValue<string>(), cancellation)));
        return Wire.Ok(Written(Examined.List([.. campaigns.OfType<RawJson>().Select(static campaign => JsonNode.Parse(campaign.Utf8.Span)!.AsObject())], order, limit, asked.Request.TrackingId, clock.GetUtcNow())));
    }

    private static int LimitOf(QueryReader query) => query.Limit() is <= MostLimit and var limit ? limit : throw QueryReader.Refuse("limit", $"must be between 1 and {MostLimit}");

    // The promotion is the campaign of the tier.
    private static RawJson OfCampaigns(RawJson filters)
    {
        var renamed = new JsonObject();
        foreach (var (name, filter) in JsonNode.Parse(filters.Utf8.Span)!.AsObject())
        {
            renamed[name == "promotion_id" ? "campaign_id" : name] = filter?.DeepClone();
        }

        return Written(renamed);
    }

    private static IEnumerable<(JsonObject Redeemable, JsonObject Object)> Entries(QualificationResult.Qualified qualified) =>
        JsonNode.Parse(qualified.Document.Utf8.Span)!["redeemables"]!["data"]!.AsArray()
            .Select((entry, at) => (entry!.AsObject(), JsonNode.Parse(qualified.Objects[at].Utf8.Span)!.AsObject()));

    private static RawJson Written(JsonObject answer) => new(JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Options));
}
