using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Redemptions;

/// <summary>Validations and redemptions from a browser or an app, whose key is public: they change no profile and show nobody's.</summary>
internal static class ClientRedemptionEndpoints
{
    public static void MapClientRedemptions(this IEndpointRouteBuilder client)
    {
        client.MapPost("/validations", ValidateAsync).WithName("ValidateClientSide").WithTags("Client side").WithQuery(Query.Origin)
            .Accepts<RedemptionRequest>("application/json").WithExample(RedemptionExamples.Redemption);
        client.MapPost("/redemptions", RedeemAsync).WithName("RedeemClientSide").WithTags("Client side").WithQuery(Query.Origin)
            .Accepts<RedemptionRequest>("application/json").WithExample(RedemptionExamples.Redemption);
        var code = Query.Text("code", "The code; required.");
        client.MapGet("/validate", ValidateOneAsync).WithName("ValidateVoucherClientSide").WithTags("Client side").WithQuery([Query.Origin, code, .. RedemptionQuery.Parameters]);
        client.MapPost("/redeem", RedeemOneAsync).WithName("RedeemVoucherClientSide").WithTags("Client side").WithQuery(Query.Origin, code, Query.Text("tracking_id", "Your id of the visitor; the body says it too."))
            .Accepts<SingleRedemptionRequest>("application/json").WithExample(RedemptionExamples.Single);
    }

    /// <summary>Calculates what codes and promotions would do together.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ValidateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = await CommandAsync(caller, RedemptionReader.Read(body.Object), grains, stores: false);
        return RedemptionAnswers.Of(await grains.Redemptions(caller.Number).ValidateAsync(command, caller.Context(body.Utf8.Span)));
    }

    /// <summary>Whether one code applies. Kept for clients that know no other way; what it is asked for stands in the query: <c>code</c>, <c>amount</c>, <c>item[0][product_id]</c>.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ValidateOneAsync(Caller caller, QueryReader query, IGrainFactory grains)
    {
        var code = query.Text("code") ?? throw QueryReader.Refuse("code", "is required");
        if (Ids.Reference(code) is not { } reference)
        {
            return ApiError.NotFound("voucher", code);
        }

        using var body = JsonBody.Parse(RedemptionQuery.BodyOf(query).Utf8);
        var command = await CommandAsync(caller, RedemptionReader.ReadOne(body.Object, RedeemableReference.Voucher, reference), grains, stores: false);
        return RedemptionAnswers.OfOne(await grains.Redemptions(caller.Number).ValidateAsync(command, caller.Context(body.Utf8.Span)), decided => SingleValidation.Of(decided, reference, command));
    }

    /// <summary>
    /// Redeems, while the project's <c>client_redeem_enabled</c> says so; otherwise there is nothing at this path. A customer is made where there is none, and shown by ids alone; an order
    /// that is known already is refused.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RedeemAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        if (!caller.Project.Settings.ClientRedeem)
        {
            return ApiError.ForStatus(StatusCodes.Status404NotFound);
        }

        var command = await CommandAsync(caller, RedemptionReader.Read(body.Object), grains, stores: true);
        return await RefusalAsync(caller, command, grains) is { } refusal
            ? refusal
            : RedemptionAnswers.Of(WithoutProfiles(await grains.Redemptions(caller.Number).RedeemAsync(command, caller.Context(body.Utf8.Span))), command.Id);
    }

    /// <summary>Redeems one code, as <c>POST /client/v1/redemptions</c> does. Kept for clients that know no other way.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RedeemOneAsync(Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        if (!caller.Project.Settings.ClientRedeem)
        {
            return ApiError.ForStatus(StatusCodes.Status404NotFound);
        }

        var code = query.Text("code") ?? throw QueryReader.Refuse("code", "is required");
        if (Ids.Reference(code) is not { } reference)
        {
            return ApiError.NotFound("voucher", code);
        }

        var tracking = query.Text("tracking_id");
        var command = await CommandAsync(caller, RedemptionReader.ReadOne(body.Object, RedeemableReference.Voucher, reference), grains, stores: true);
        command = command with { TrackingId = command.TrackingId ?? tracking };
        return await RefusalAsync(caller, command, grains) is { } refusal
            ? refusal
            : RedemptionAnswers.OfOne(
                WithoutProfiles(await grains.Redemptions(caller.Number).RedeemAsync(command, caller.Context(body.Utf8.Span, $"{code}\n{tracking}"))), command.Id, "redemptions");
    }

    private static async Task<ApiError?> RefusalAsync(Caller caller, RedemptionCommand command, IGrainFactory grains) =>
        command.CustomerId is { } customer ? await ClientCustomers.RefusalAsync(caller, customer, command.Customer.SourceId, grains) : null;

    private static async Task<RedemptionCommand> CommandAsync(Caller caller, RedemptionRequested requested, IGrainFactory grains, bool stores)
    {
        var command = await requested.ResolveAsync(caller, grains, stores);
        return command with { Customer = ClientCustomers.Named(command.Customer) };
    }

    private static RedemptionResult WithoutProfiles(RedemptionResult result) =>
        result is RedemptionResult.Done done ? done with { Document = ClientCustomers.WithoutProfiles(done.Document) } : result;
}
