using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Products;

/// <summary>Products and their SKUs: what orders name, and what rules and discounts will be about.</summary>
internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/products").WithTags("Products").WithPath("productId", "The id or the source id of the product.").WithPath("skuId", SkuEndpoints.Id);
        group.MapPost("", SaveAsync).WithName("SaveProduct").Accepts<ProductRequest>("application/json").WithExample(ProductExamples.Product);
        group.MapGet("", ListAsync).WithName("ListProducts").WithQuery(ProductLists.Parameters);
        group.MapGet("/{productId}", GetAsync).WithName("GetProduct");
        group.MapPut("/{productId}", UpdateAsync).WithName("UpdateProduct").Accepts<ProductChange>("application/json").WithExample(ProductExamples.Change);
        group.MapDelete("/{productId}", DeleteAsync).WithName("DeleteProduct").WithQuery(ProductLists.Force);
        group.MapSkus();
        group.MapProductBulk();
        v1.MapGroup("/skus").WithTags("Products").WithPath("skuId", SkuEndpoints.Id).MapSkusOfAll();
    }

    /// <summary>Creates a product, or changes the one with this id or source id.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> SaveAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var command = ProductReader.Product(root);
        var id = root.Identifier("id")
            ?? (command.SourceId is { } source ? await grains.ProductQueries(caller.Number).ResolveAsync(source) : caller.NewId("prod_"));
        return (await grains.Product(caller.Number, id).SaveAsync(command, caller.Context(body.Utf8.Span))).Answer("Product");
    }

    /// <summary>
    /// Lists products with the first 100 of their SKUs each. <c>total</c> is exact, or with a start or an end up to 10,000; where there are more, it is 10,000 and <c>total_is_minimum</c> is true.
    /// </summary>
    internal static async Task<Wire<ProductListResponse>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.ProductQueries(caller.Number).ListAsync(ProductLists.Read(query), cancellation);
        return Wire.Ok(new ProductListResponse(page.Items, page.Total) { TotalIsMinimum = page.TotalIsMinimum ? true : null });
    }

    /// <summary>One product with its SKUs, by id or source id.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(
        string productId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(productId) is { } reference && await grains.ProductQueries(caller.Number).FindAsync(reference, cancellation) is { } product
            ? Wire.Ok(product)
            : ApiError.NotFound("product", productId);

    /// <summary>Changes what is given of a product; the rest stays, and so do its ids.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string productId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = ProductReader.Product(body.Object) with { SourceId = null, MustExist = true };
        return Ids.Reference(productId) is { } reference && await grains.ProductQueries(caller.Number).FindIdAsync(reference) is { } id
            ? (await grains.Product(caller.Number, id).SaveAsync(command, caller.Context(body.Utf8.Span))).Answer("Product")
            : ApiError.NotFound("product", productId);
    }

    /// <summary>Deletes a product with its SKUs, for good: there is no bin to take it out of again.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string productId, Caller caller, IGrainFactory grains) =>
        Ids.Reference(productId) is { } reference && await grains.ProductQueries(caller.Number).FindIdAsync(reference) is { } id
        && await grains.Product(caller.Number, id).DeleteAsync()
            ? TypedResults.NoContent()
            : ApiError.NotFound("product", productId);
}
