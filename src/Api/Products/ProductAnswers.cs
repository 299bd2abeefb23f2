using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Products;

/// <summary>Answers of grains as callers get them.</summary>
internal static class ProductAnswers
{
    /// <param name="result">The answer.</param>
    /// <param name="type">What was asked for: <c>Product</c> or <c>SKU</c>.</param>
    public static Results<Wire<RawJson>, ApiError> Answer(this ProductResult result, string type) => result switch
    {
        ProductResult.Saved saved => Wire.Ok(saved.Document!),
        ProductResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        ProductResult.DuplicateSourceId duplicate => ApiError.DuplicateSourceId(type, duplicate.SourceId),
        ProductResult.Elsewhere elsewhere => ApiError.InvalidPayload($"The SKU is one of the product {elsewhere.ProductId}"),
        ProductResult.Invalid { Field: "" } invalid => ApiError.InvalidPayload(invalid.Rule),
        ProductResult.Invalid invalid => ApiError.InvalidPayload($"Payload property '.{invalid.Field}' {invalid.Rule}"),
        ProductResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        ProductResult.KeyReused => ApiError.KeyReused(),
        ProductResult.Deleted deleted => ApiError.DeletedMeanwhile(type.ToLowerInvariant(), deleted.Id),
        _ => throw new UnreachableException(),
    };
}
