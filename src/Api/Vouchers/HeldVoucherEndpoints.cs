using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Vouchers;

/// <summary>What a customer holds.</summary>
internal static class HeldVoucherEndpoints
{
    public static void MapHeldVouchers(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/customers/{customerId}/redeemables", ListAsync).WithName("ListCustomerRedeemables").WithTags("Customers").WithPath("customerId", "The id of the customer, or the source id.")
            .WithQuery(
                Query.Limit, Query.Order("-id", "id"), Query.StartingAfterId, Query.Filters("those", "id, created_at, redeemable_id, redeemable_object, holder_role, campaign_id, campaign_type or voucher_type"));

    /// <summary>The codes and cards that a customer was given, each with whether it can be redeemed at present. Filters are refused where these are more than 2,000.</summary>
    internal static async Task<Results<Wire<RedeemableListResponse>, ApiError>> ListAsync(
        string customerId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (limit, descending, after, filters) = (query.Limit(), query.Order("-id", "id") == "-id", query.StartingAfterId("rh_"), query.Filters());
        return await CustomerEndpoints.FindIdAsync(customerId, caller, grains) is { } id
            && await grains.VoucherQueries(caller.Number).HeldAsync(new HeldQuery(id, limit, descending, after) { Filters = filters }, cancellation) is { } page
                ? page.Problems.Count > 0 ? Listed.Refused(page.Problems).Refusal() : Wire.Ok(new RedeemableListResponse(page.Items, page.Total, page.MoreStartingAfter))
                : ApiError.NotFound("customer", customerId);
    }
}

/// <summary>What a customer can redeem.</summary>
internal sealed record RedeemableListResponse(IReadOnlyList<RawJson> Data, long Total, string? MoreStartingAfter)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    public bool HasMore => MoreStartingAfter is not null;
}
