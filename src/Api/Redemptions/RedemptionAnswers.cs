using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Redemptions;

/// <summary>What became of redemptions and rollbacks, as HTTP says it.</summary>
internal static class RedemptionAnswers
{
    public static Results<Wire<RawJson>, ApiError> Of(RedemptionResult result, string id) => result switch
    {
        RedemptionResult.Done done => Wire.Ok(done.Document),
        RedemptionResult.Refused refused => Of(refused.Error),
        RedemptionResult.Invalid invalid => ApiError.InvalidPayload($"Payload property '.{invalid.Field.TrimStart('.')}' {invalid.Message}"),
        RedemptionResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        RedemptionResult.DuplicateSourceId duplicate => ApiError.DuplicateSourceId(duplicate.Of, duplicate.SourceId),
        RedemptionResult.KeyReused => ApiError.KeyReused(),
        RedemptionResult.Deleted => ApiError.DeletedMeanwhile("redemption", id),
        _ => throw new UnreachableException(),
    };

    public static Results<Wire<RawJson>, ApiError> Of(ValidationResult result) => result switch
    {
        ValidationResult.Decided decided => Wire.Ok(decided.Document),
        ValidationResult.Refused refused => Of(refused.Error),
        _ => throw new UnreachableException(),
    };

    /// <summary>The same of one redeemable, as older clients know it; one that is not there is a 404.</summary>
    public static Results<Wire<RawJson>, ApiError> OfOne(ValidationResult result, Func<ValidationResult.Decided, RawJson> write) => result switch
    {
        ValidationResult.Decided { First.Error: { Code: 404 } missing } => Of(missing),
        ValidationResult.Decided decided => Wire.Ok(write(decided)),
        _ => Of(result),
    };

    /// <summary>The only one of a list.</summary>
    public static Results<Wire<RawJson>, ApiError> OfOne(RedemptionResult result, string id, string list) => result is RedemptionResult.Done done
        ? Wire.Ok(RawJson.From(done.Document.ToElement().GetProperty(list)[0]))
        : Of(result, id);

    public static ApiError Of(RedemptionError error) => new(error.Code, error.Key, error.Message, error.Details)
    {
        ResourceId = error.ResourceId,
        ResourceType = error.ResourceType,
        Told = error.ShopMessage,
    };
}
