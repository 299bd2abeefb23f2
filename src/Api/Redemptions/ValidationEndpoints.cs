using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Redemptions;

/// <summary>Validations: what redeeming would do.</summary>
internal static class ValidationEndpoints
{
    public static void MapValidations(this IEndpointRouteBuilder v1)
    {
        v1.MapPost("/validations", ValidateAsync).WithName("Validate").WithTags("Validations").Accepts<RedemptionRequest>("application/json").WithExample(RedemptionExamples.Redemption);
        v1.MapPost("/vouchers/{code}/validate", ValidateVoucherAsync).WithName("ValidateVoucher").WithTags("Validations").WithPath("code", "The code, or the id of the voucher.")
            .Accepts<SingleRedemptionRequest>("application/json").WithExample(RedemptionExamples.Single);
    }

    /// <summary>Calculates what codes and promotions would do together, and changes nothing. With a session it holds a use and the credits of what applies until the session redeems it.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ValidateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = await RedemptionReader.Read(body.Object).ResolveAsync(caller, grains, stores: false);
        return RedemptionAnswers.Of(await grains.Redemptions(caller.Number).ValidateAsync(command, caller.Context(body.Utf8.Span)));
    }

    /// <summary>Whether one code applies. Kept for clients that know no other way.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ValidateVoucherAsync(string code, Caller caller, JsonBody body, IGrainFactory grains)
    {
        if (Ids.Reference(code) is not { } reference)
        {
            return ApiError.NotFound("voucher", code);
        }

        var command = await RedemptionReader.ReadOne(body.Object, RedeemableReference.Voucher, reference).ResolveAsync(caller, grains, stores: false);
        return RedemptionAnswers.OfOne(await grains.Redemptions(caller.Number).ValidateAsync(command, caller.Context(body.Utf8.Span)), decided => SingleValidation.Of(decided, reference, command));
    }
}
