using System.Diagnostics;
using Marketing.Campaigns;
using Marketing.Http;
using Marketing.Vouchers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Exports;

/// <summary>Exports: files of objects, made in the background and fetched with a link.</summary>
internal static class ExportEndpoints
{
    private const int MaxPage = 100;

    private static readonly QueryParameter Token = Query.Text("token", "Part of the address in result: with it the file is answered, without a key.");

    public static void MapExports(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/exports").WithTags("Exports").WithPath("exportId", "The id of the export.");
        group.MapPost("", CreateAsync).WithName("CreateExport").Accepts<ExportRequest>("application/json").WithExample(ExportExamples.Export);
        group.MapGet("", ListAsync).WithName("ListExports").WithQuery(Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "status"));
        group.MapGet("/{exportId}", GetAsync).WithName("GetExport").WithQuery(Token).WithMetadata(new OpenedByLink(Token.Name));
        group.MapDelete("/{exportId}", DeleteAsync).WithName("DeleteExport");
        v1.MapPost("/orders/export", ExportOrdersAsync).WithTags("Orders").WithName("ExportOrders").Accepts<ExportOfOneKindRequest>("application/json")
            .WithExample(ExportExamples.Orders);
        v1.MapPost("/vouchers/{code}/transactions/export", ExportTransactionsAsync).WithTags("Vouchers").WithPath("code", "The code or the id of the voucher.").WithName("ExportVoucherTransactions")
            .Accepts<ExportOfOneKindRequest>("application/json").WithExample(ExportExamples.Transactions);
        v1.MapPost("/campaigns/{campaignId}/transactions/export", ExportCampaignTransactionsAsync).WithTags("Campaigns").WithPath("campaignId", "The id or the name of the campaign.")
            .WithName("ExportCampaignTransactions").Accepts<ExportOfOneKindRequest>("application/json").WithExample(ExportExamples.Transactions);
    }

    /// <summary>
    /// Begins an export of customers, orders, products, SKUs, vouchers, their transactions, publications or redemptions: a file of comma-separated values, that is kept for 24 hours. A project has at most 1,000 at a time.
    /// </summary>
    internal static Task<Results<Wire<ExportResponse>, ApiError>> CreateAsync(Caller caller, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        var root = body.Object;
        return StartAsync(ExportReader.Read(root, root.RequiredText("exported_object", TextLimits.Name)), caller, body, http, grains);
    }

    /// <summary>Begins an export of orders.</summary>
    internal static Task<Results<Wire<ExportResponse>, ApiError>> ExportOrdersAsync(Caller caller, JsonBody body, HttpContext http, IGrainFactory grains) =>
        StartAsync(ExportReader.Read(body.Object, "order"), caller, body, http, grains);

    /// <summary>Begins an export of the changes of a gift card's balance. The body may be left out.</summary>
    internal static async Task<Results<Wire<ExportResponse>, ApiError>> ExportTransactionsAsync(string code, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        Payload? root = body.IsEmpty ? null : body.Object;
        return VoucherAnswers.CanBeCode(code) && await grains.VoucherQueries(caller.Number).FindIdAsync(code) is { } id
            ? await StartAsync(ExportReader.Transactions(root, "voucher_id", id), caller, body, http, grains)
            : ApiError.NotFound("voucher", code);
    }

    /// <summary>Begins an export of the changes of the balances of a campaign's gift cards. The body may be left out.</summary>
    internal static async Task<Results<Wire<ExportResponse>, ApiError>> ExportCampaignTransactionsAsync(string campaignId, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        Payload? root = body.IsEmpty ? null : body.Object;
        return Ids.Reference(campaignId) is { } reference && await grains.CampaignQueries(caller.Number).FindIdAsync(reference) is { } id
            ? await StartAsync(ExportReader.Transactions(root, "campaign_id", id), caller, body, http, grains)
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Lists exports.</summary>
    internal static async Task<Wire<ExportListResponse>> ListAsync(
        Caller caller, QueryReader query, HttpContext http, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.ExportQueries(caller.Number).ListAsync(
            query.Order("-created_at", "created_at", "status"), query.Limit(), query.Page(MaxPage), cancellation);
        return Wire.Ok(new ExportListResponse([.. page.Items.Select(export => ExportResponse.From(export, http))], page.Total));
    }

    /// <summary>One export. When it is done, result has the address of its file.</summary>
    internal static async Task<Results<Wire<ExportResponse>, ExportDownload, ApiError>> GetAsync(
        string exportId, QueryReader query, HttpContext http, ProjectCache projects, IGrainFactory grains, CancellationToken cancellation)
    {
        if (http.Features.Get<Projects.AccessKey>() is null)
        {
            return await OpenAsync(exportId, query.Text(Token.Name) ?? "", projects, grains, cancellation) is { } file
                ? file
                : ApiError.Unauthorized("The link is not valid any more, or was cut off on the way");
        }

        var caller = (await Caller.BindAsync(http))!;
        return Ids.CanBe("exp_", exportId) && await grains.ExportQueries(caller.Number).FindAsync(exportId, cancellation) is { } export
            ? Wire.Ok(ExportResponse.From(export, http))
            : ApiError.NotFound("export", exportId);
    }

    /// <summary>Deletes an export with its file.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string exportId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("exp_", exportId) && await grains.Export(caller.Number, exportId).DeleteAsync()
            ? TypedResults.NoContent()
            : ApiError.NotFound("export", exportId);

    /// <summary>Begins an export.</summary>
    public static async Task<Results<Wire<ExportResponse>, ApiError>> StartAsync(
        ExportDefinition definition, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        var id = caller.NewId("exp_");
        return await grains.Export(caller.Number, id).CreateAsync(definition, caller.Context(body.Utf8.Span)) switch
        {
            ExportResult.Saved saved => Wire.Ok(ExportResponse.From(saved.Export, http)),
            ExportResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
            ExportResult.UnknownField unknown => new ApiError(
                400, "invalid_export_fields", "Invalid Export", $"Unsupported field used: {PlainText.Start(unknown.Field, 60)}. Allowed fields: {string.Join(", ", unknown.Allowed)}"),
            ExportResult.TooMany => ApiError.InvalidPayload($"A project has at most {Export.Most} exports, with those of the last {Export.Lifetime.TotalHours} hours"),
            ExportResult.KeyReused => ApiError.KeyReused(),
            ExportResult.Deleted => ApiError.DeletedMeanwhile("export", id),
            _ => throw new UnreachableException(),
        };
    }

    // The token says its project in clear, so that it is asked; only there it can be seen whether it is genuine.
    private static async Task<ExportDownload?> OpenAsync(string id, string token, ProjectCache projects, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe("exp_", id) && ExportToken.ProjectOf(token) is { } number && await projects.AnyAsync(project => project.Number == number)
        && await grains.ExportQueries(number).OpenAsync(id, token, cancellation) is { } file
            ? new ExportDownload(file, part => grains.ExportQueries(number).PartAsync(id, token, part))
            : null;
}
