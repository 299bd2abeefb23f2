using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Http;

namespace Marketing.Promotions;

/// <summary>Promotion tiers for browsers and apps.</summary>
internal static class ClientPromotionEndpoints
{
    public static void MapClientPromotions(this IEndpointRouteBuilder client) =>
        client.MapGet("/promotions/tiers", ListAsync).WithName("ListPromotionTiersClientSide").WithTags("Client side").WithQuery(
            PromotionEndpoints.Available, Query.Limit, Query.Page(PromotionEndpoints.MaxPage), Query.Order("-created_at", PromotionEndpoints.Orders),
            Query.Origin);

    /// <summary>Lists the tiers of all campaigns, without what they have brought in so far.</summary>
    internal static async Task<Wire<PromotionTierListResponse>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.PromotionQueries(caller.Number).ListTiersAsync(PromotionEndpoints.Asked(query), cancellation);
        return Wire.Ok(new PromotionTierListResponse([.. page.Items.Select(WithoutSummary)], page.Total, page.HasMore));
    }

    // What a promotion has brought in is the shop's own business.
    private static RawJson WithoutSummary(RawJson tier)
    {
        var shown = JsonNode.Parse(tier.Utf8.Span)!.AsObject();
        shown.Remove("summary");
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(shown, WireJson.Options));
    }
}
