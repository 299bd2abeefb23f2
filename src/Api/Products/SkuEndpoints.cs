using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Products;

/// <summary>SKUs: what is sold of a product.</summary>
internal static class SkuEndpoints
{
    public const string Id = "The id or the source id of the SKU.";

    public static void MapSkus(this IEndpointRouteBuilder products)
    {
        products.MapGet("/{productId}/skus", ListAsync).WithName("ListSkus").WithQuery(ProductLists.Parameters);
        products.MapPost("/{productId}/skus", SaveAsync).WithName("SaveSku").Accepts<SkuRequest>("application/json").WithExample(ProductExamples.Sku);
        products.MapPut("/{productId}/skus/{skuId}", UpdateAsync).WithName("UpdateSku").Accepts<SkuChange>("application/json").WithExample(ProductExamples.SkuChange);
        products.MapDelete("/{productId}/skus/{skuId}", DeleteAsync).WithName("DeleteSku").WithQuery(ProductLists.Force);
    }

    public static void MapSkusOfAll(this IEndpointRouteBuilder skus)
    {
        skus.MapGet("/{skuId}", GetAsync).WithName("GetSku");
        skus.MapSkuBulk();
    }

    /// <summary>Lists the SKUs of a product.</summary>
    internal static async Task<Results<Wire<SkuListResponse>, ApiError>> ListAsync(
        string productId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(productId) is { } reference
        && await grains.ProductQueries(caller.Number).ListSkusAsync(reference, ProductLists.Read(query), cancellation) is { } page
            ? Wire.Ok(new SkuListResponse(page.Items, page.Total))
            : ApiError.NotFound("product", productId);

    /// <summary>One SKU, by id or source id.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string skuId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(skuId) is { } reference && await grains.ProductQueries(caller.Number).FindSkuAsync(reference, cancellation) is { } sku
            ? Wire.Ok(sku)
            : ApiError.NotFound("sku", skuId);

    /// <summary>Creates a SKU of a product, or changes its SKU with this id or source id. A product has at most 1,000.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> SaveAsync(string productId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var command = ProductReader.Sku(root);
        if (await FindProductAsync(productId, caller, grains) is not { } product)
        {
            return ApiError.NotFound("product", productId);
        }

        var id = root.Identifier("id")
            ?? (command.SourceId is { } source ? await grains.ProductQueries(caller.Number).ResolveSkuAsync(source) : caller.NewId("sku_"));
        return (await grains.Product(caller.Number, product).SaveSkuAsync(id, command, caller.Context(body.Utf8.Span))).Answer("SKU");
    }

    /// <summary>Changes what is given of a SKU; the rest stays, and so do its ids.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string productId, string skuId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = ProductReader.Sku(body.Object) with { SourceId = null, MustExist = true };
        if (await FindProductAsync(productId, caller, grains) is not { } product)
        {
            return ApiError.NotFound("product", productId);
        }

        return await FindSkuAsync(skuId, caller, grains) is { } sku
            && await grains.Product(caller.Number, product).SaveSkuAsync(sku, command, caller.Context(body.Utf8.Span)) is not ProductResult.Elsewhere and var saved
                ? saved.Answer("SKU")
                : ApiError.NotFound("sku", skuId);
    }

    /// <summary>Deletes a SKU, for good: there is no bin to take it out of again.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string productId, string skuId, Caller caller, IGrainFactory grains)
    {
        if (await FindProductAsync(productId, caller, grains) is not { } product)
        {
            return ApiError.NotFound("product", productId);
        }

        return await FindSkuAsync(skuId, caller, grains) is { } sku && await grains.Product(caller.Number, product).DeleteSkuAsync(sku)
            ? TypedResults.NoContent()
            : ApiError.NotFound("sku", skuId);
    }

    private static async Task<string?> FindProductAsync(string productId, Caller caller, IGrainFactory grains) =>
        Ids.Reference(productId) is { } reference ? await grains.ProductQueries(caller.Number).FindIdAsync(reference) : null;

    private static async Task<string?> FindSkuAsync(string skuId, Caller caller, IGrainFactory grains) =>
        Ids.Reference(skuId) is { } reference ? await grains.ProductQueries(caller.Number).FindSkuIdAsync(reference) : null;
}
