using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Vouchers;

/// <summary>Answers of grains as callers get them.</summary>
internal static class VoucherAnswers
{
    /// <summary>Whether a text may be a code, or an id.</summary>
    public static bool CanBeCode(string code) => code.Trim().Length > 0 && code.Length <= VoucherLimits.Code && !code.Any(char.IsControl);

    public static Results<Wire<RawJson>, ApiError> Answer(this VoucherResult result) => result is VoucherResult.Saved saved ? Wire.Ok(saved.Document) : Refusal(result);

    public static ApiError Refusal(VoucherResult result) => result switch
    {
        VoucherResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        VoucherResult.Duplicate duplicate => new ApiError(409, "duplicate_found", "Duplicated resource found", $"Duplicated voucher exists with code {duplicate.Code}")
        {
            ResourceId = duplicate.Code,
            ResourceType = "voucher",
        },
        VoucherResult.DuplicateSourceId duplicate => ApiError.DuplicateSourceId("Transaction", duplicate.SourceId),
        VoucherResult.OutOfBounds held => new ApiError(
            400, "invalid_amount", "Invalid amount", $"The balance is {held.Balance}: it must stay between 0 and {VoucherLimits.Credits}"),
        VoucherResult.Invalid { Field: "" } invalid => new ApiError(400, "invalid_voucher", "Invalid voucher", invalid.Rule),
        VoucherResult.Invalid invalid => ApiError.InvalidPayload($"Payload property '.{invalid.Field}' {invalid.Rule}"),
        VoucherResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        VoucherResult.KeyReused => ApiError.KeyReused(),
        VoucherResult.Deleted deleted => ApiError.DeletedMeanwhile("voucher", deleted.Id),
        _ => throw new UnreachableException(),
    };
}
