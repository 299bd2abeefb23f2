using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Redemptions;

/// <summary>Redemptions and rollbacks.</summary>
internal static class RedemptionEndpoints
{
    private const int MaxPage = 99;

    public static void MapRedemptions(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/redemptions").WithTags("Redemptions").WithPath("redemptionId", "The id of the redemption.").WithPath("parentRedemptionId", "The id of the parent, or of a redemption without one.");
        group.MapPost("", RedeemAsync).WithName("Redeem").Accepts<RedemptionRequest>("application/json").WithExample(RedemptionExamples.Redemption);
        group.MapGet("", ListAsync).WithName("ListRedemptions").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at"), Query.Text("campaign", "Only redemptions of a campaign, by id or name."),
            Query.Text("customer", "Only redemptions of a customer, by id or source id."), Query.Text("voucher", "Only redemptions of a code."),
            Query.Between("created_at", "made")[0], Query.Between("created_at", "made")[1], Result, Query.Filters("redemptions", ExportedFields));
        group.MapGet("/{redemptionId}", GetAsync).WithName("GetRedemption");
        group.MapPost("/{redemptionId}/rollback", RollBackAsync).WithName("RollBack").WithQuery(Reason, TrackingId).Accepts<RollbackRequest>("application/json").WithExample(RedemptionExamples.Rollback);
        group.MapPost("/{parentRedemptionId}/rollbacks", RollBackStackAsync).WithName("RollBackStack").WithQuery(Reason, TrackingId)
            .Accepts<RollbackRequest>("application/json").WithExample(RedemptionExamples.Rollback);
        var voucher = v1.MapGroup("/vouchers/{code}").WithTags("Redemptions").WithPath("code", "The code, or the id of the voucher.");
        voucher.MapGet("/redemption", OfVoucherAsync).WithName("GetVoucherRedemptions").WithQuery(Query.Limit, Query.Page(MaxPage));
        voucher.MapPost("/redemption", RedeemVoucherAsync).WithName("RedeemVoucher").WithQuery(TrackingId).Accepts<SingleRedemptionRequest>("application/json").WithExample(RedemptionExamples.Single);
        voucher.MapDelete("/sessions/{sessionKey}", ReleaseAsync).WithName("ReleaseSession").WithPath("sessionKey", "The key of the session.");
    }

    private const string ExportedFields =
        "id, object, status, result, failure_code, customer_id, campaign_name, campaign_id, voucher_code, related_object_type, related_object_id, related_object_parent_id, parent_redemption_id, promotion_tier_id, tracking_id, order_id, created_at or metadata.KEY";

    private static readonly QueryParameter Result = Query.OneOf("result", "Only redemptions and rollbacks that succeeded, or that failed; given several times.", "SUCCESS", "FAILURE");

    private static readonly QueryParameter Reason = Query.Text("reason", "Why; the body says it too.");

    private static readonly QueryParameter TrackingId = Query.Text("tracking_id", "Your id of the visitor; the body says it too.");

    /// <summary>
    /// Redeems codes and promotions together: all, or those that apply, as the project's stacking rules say. Uses, credits, limits, the order and the customer's figures change in one
    /// transaction, or nothing does; limits hold however many ask at once. What is refused is stored as a failed redemption, whose id is in the answer.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RedeemAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = await RedemptionReader.Read(body.Object).ResolveAsync(caller, grains, stores: true);
        return RedemptionAnswers.Of(await grains.Redemptions(caller.Number).RedeemAsync(command, caller.Context(body.Utf8.Span)), command.Id);
    }

    /// <summary>Redeems one code. Kept for clients that know no other way; the answer is the redemption.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RedeemVoucherAsync(string code, Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        if (Ids.Reference(code) is not { } reference)
        {
            return ApiError.NotFound("voucher", code);
        }

        var command = await RedemptionReader.ReadOne(body.Object, RedeemableReference.Voucher, reference).ResolveAsync(caller, grains, stores: true);
        var tracking = query.Text("tracking_id");
        command = command with { TrackingId = command.TrackingId ?? tracking };
        return RedemptionAnswers.OfOne(await grains.Redemptions(caller.Number).RedeemAsync(command, caller.Context(body.Utf8.Span, tracking ?? "")), command.Id, "redemptions");
    }

    /// <summary>
    /// Lists redemptions, failed ones and rollbacks. <c>total</c> is exact, or of a campaign, a customer, a code, a time or failed ones up to 10,000. What no index knows is asked of the first 2,000 of the list: a page that
    /// these do not fill is refused, and <c>total</c> is then how many were met.
    /// </summary>
    internal static async Task<Results<Wire<RedemptionListResponse>, ApiError>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var results = query.AnyOf(Result);
        var asked = new RedemptionListQuery
        {
            Limit = query.Limit(),
            Page = query.Page(MaxPage),
            Order = query.Order("-created_at", "created_at"),
            Campaign = query.Text("campaign"),
            Customer = query.Text("customer"),
            Voucher = query.Text("voucher"),
            CreatedAt = query.Range("created_at"),
            Failed = results is [var only] ? only == "FAILURE" : null,
            Filters = query.Filters(),
        };
        var listed = await grains.Redemptions(caller.Number).ListAsync(asked, cancellation);
        return listed.Page is { } page ? Wire.Ok(new RedemptionListResponse(page.Items, page.Total) { TotalIsMinimum = page.TotalIsMinimum ? true : null }) : listed.Refusal();
    }

    /// <summary>A redemption, a failed one or a rollback.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string redemptionId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(redemptionId) is { } id && await grains.Redemptions(caller.Number).FindAsync(id, cancellation) is { } redemption
            ? Wire.Ok(redemption)
            : ApiError.NotFound("redemption", redemptionId);

    /// <summary>The redemptions of a code, and how often it may be redeemed.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> OfVoucherAsync(string code, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(code) is { } reference && await grains.Redemptions(caller.Number).OfVoucherAsync(reference, query.Limit(), query.Page(MaxPage), cancellation) is { } redemptions
            ? Wire.Ok(redemptions)
            : ApiError.NotFound("voucher", code);

    /// <summary>
    /// Takes a redemption back that is not part of a stack: a use, credits and what limits counted are given back, and its order is canceled. An order that nobody has changed since gets
    /// its amounts back. Once, and for three months.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RollBackAsync(string redemptionId, Caller caller, QueryReader query, JsonBody body, IGrainFactory grains) =>
        RedemptionAnswers.OfOne(await SendAsync(redemptionId, ofStack: false, caller, query, body, grains), redemptionId, "rollbacks");

    /// <summary>Takes back all redemptions of a stack, or one that is part of none.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RollBackStackAsync(string parentRedemptionId, Caller caller, QueryReader query, JsonBody body, IGrainFactory grains) =>
        RedemptionAnswers.Of(await SendAsync(parentRedemptionId, ofStack: true, caller, query, body, grains), parentRedemptionId);

    /// <summary>Ends what a session holds of a code.</summary>
    internal static async Task<Results<NoContent, ApiError>> ReleaseAsync(string code, string sessionKey, Caller caller, IGrainFactory grains) =>
        Ids.Reference(code) is { } reference && Ids.Reference(sessionKey) is { } key && await grains.Redemptions(caller.Number).ReleaseSessionAsync(key, reference)
            ? TypedResults.NoContent()
            : ApiError.NotFound("session", sessionKey);

    private static async Task<RedemptionResult> SendAsync(string id, bool ofStack, Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        var given = body.IsEmpty ? default(Payload?) : body.Object;
        var customer = given?.Object("customer") is { } person ? Customers.CustomerReader.Read(person) : null;
        var order = given?.Object("order") is { } bought ? Orders.OrderReader.Read(bought) : null;
        var (reason, tracking) = (query.Text("reason"), query.Text("tracking_id"));
        var command = new RollbackCommand
        {
            Id = caller.NewId("rr_"),
            RedemptionId = id,
            OfStack = ofStack,
            Reason = given?.Text("reason", TextLimits.Name) ?? reason,
            TrackingId = given?.Line("tracking_id", TextLimits.Id) ?? tracking,
            CustomerId = customer is null ? null : await customer.ResolveAsync(caller, grains),
            Order = order?.Id ?? order?.Command.SourceId,
            Metadata = given?.RawObject("metadata"),
        };
        return await grains.Redemptions(caller.Number).RollBackAsync(command, caller.Context(body.Utf8.Span, $"{reason}\n{tracking}"));
    }
}
