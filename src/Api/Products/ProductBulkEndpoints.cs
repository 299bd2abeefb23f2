using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Products;

/// <summary>Uploads of many products and SKUs. Each becomes a background job that is durable before it is answered.</summary>
internal static class ProductBulkEndpoints
{
    // What is not given is not written either: the payload is stored, and should not be larger than the body.
    private static readonly JsonSerializerOptions Compact = new(WireJson.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault };

    public static void MapProductBulk(this IEndpointRouteBuilder products)
    {
        products.MapPost("/bulk/async", UpdateAsync).WithName("UpdateProductsInBulk").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<ProductOfMany>>("application/json").WithExample(ProductExamples.Several);
        products.MapPost("/metadata/async", UpdateMetadataAsync).WithName("UpdateProductsMetadata").WithMetadata(BodyLimit.Bulk)
            .Accepts<ProductMetadataRequest>("application/json").WithExample(ProductExamples.Metadata);
        products.MapPost("/importCSV", ImportAsync).WithName("ImportProductsCsv").WithMetadata(BodyLimit.Bulk, CsvUpload.Form).WithExample(ProductExamples.File);
    }

    public static void MapSkuBulk(this IEndpointRouteBuilder skus) =>
        skus.MapPost("/importCSV", ImportSkusAsync).WithName("ImportSkusCsv").WithMetadata(BodyLimit.Bulk, CsvUpload.Form).WithExample(ProductExamples.SkuFile);

    /// <summary>Creates or changes many products by source id.</summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> UpdateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var commands = new List<ProductCommand>();
        foreach (var item in body.Array.Items(int.MaxValue))
        {
            var product = item.AsObject();
            var command = ProductReader.Product(product);
            commands.Add(command.SourceId is null ? throw product.Missing("source_id") : command);
        }

        return await StartAsync(ProductJobs.BulkUpdate, JsonSerializer.SerializeToUtf8Bytes(commands, Compact), body, caller, grains);
    }

    /// <summary>Sets the same metadata on many products by source id; those that are missing are made.</summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> UpdateMetadataAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var sources = root.Texts("source_ids", int.MaxValue, TextLimits.Id) ?? throw root.Missing("source_ids");
        _ = root.RawObject("metadata", ProductLimits.ObjectBytes) ?? throw root.Missing("metadata");
        return sources.Contains("")
            ? throw root.Refuse(".source_ids", "must NOT have empty items")
            : await StartAsync(ProductJobs.MetadataUpdate, root.Raw(int.MaxValue).Utf8.ToArray(), body, caller, grains);
    }

    /// <summary>
    /// Imports a file of products, part <c>file</c> of a form: separated by comma, semicolon, tab or bar. Columns: Name, Source_id, Price in minor units, Attributes separated
    /// by comma, Image_url; every other column becomes metadata. A row changes the product with its source id, or makes it.
    /// </summary>
    internal static Task<Results<Wire<AsyncActionStarted>, ApiError>> ImportAsync(Caller caller, CsvUpload upload, IGrainFactory grains) =>
        StartAsync(ProductJobs.Import, caller, upload, grains);

    /// <summary>
    /// Imports a file of SKUs of products that there are, part <c>file</c> of a form. Columns: Product_id, which may be the source id of the product, Source_id, Sku, Price in
    /// minor units, Currency, Image_url, Attributes as a JSON object; every other column becomes metadata.
    /// </summary>
    internal static Task<Results<Wire<AsyncActionStarted>, ApiError>> ImportSkusAsync(Caller caller, CsvUpload upload, IGrainFactory grains) =>
        StartAsync(ProductJobs.SkuImport, caller, upload, grains);

    private static async Task<Results<Wire<AsyncActionStarted>, ApiError>> StartAsync(string type, Caller caller, CsvUpload upload, IGrainFactory grains) =>
        await AsyncActionStarted.StartAsync(type, upload.File, caller.Context(upload.File), caller, grains) is { } started ? Wire.Ok(started) : ApiError.KeyReused();

    private static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> StartAsync(
        string type, byte[] payload, JsonBody body, Caller caller, IGrainFactory grains) =>
        await AsyncActionStarted.StartAsync(type, payload, caller.Context(body.Utf8.Span), caller, grains) is { } started
            ? new WireAccepted<AsyncActionStarted>(started)
            : ApiError.KeyReused();
}
