using System.Text;
using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Vouchers;

/// <summary>Uploads of many vouchers. Each becomes a background job that is durable before it is answered.</summary>
internal static class VoucherBulkEndpoints
{
    // What is not given is not written either: the payload is stored, and should not be larger than the body.
    private static readonly JsonSerializerOptions Compact = new(WireJson.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault };

    public static void MapVoucherBulk(this IEndpointRouteBuilder vouchers)
    {
        vouchers.MapPost("/import", ImportAsync).WithName("ImportVouchers").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<VoucherRequest>>("application/json").WithExample(VoucherExamples.Import);
        vouchers.MapPost("/importCSV", ImportCsvAsync).WithName("ImportVouchersCsv").WithMetadata(BodyLimit.Bulk, CsvUpload.Form).WithExample(VoucherExamples.File);
        vouchers.MapPost("/bulk/async", UpdateAsync).WithName("UpdateVouchersInBulk").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<VoucherOfMany>>("application/json").WithExample(VoucherExamples.Several);
        vouchers.MapPost("/metadata/async", UpdateMetadataAsync).WithName("UpdateVouchersMetadata").WithMetadata(BodyLimit.Bulk)
            .Accepts<VoucherMetadataRequest>("application/json").WithExample(VoucherExamples.Metadata);
    }

    public static void MapCampaignImports(this IEndpointRouteBuilder campaign)
    {
        campaign.MapPost("/import", ImportIntoAsync).WithName("ImportCampaignVouchers").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<VoucherRequest>>("application/json").WithExample(VoucherExamples.CampaignImport);
    }

    /// <summary>Imports vouchers without a campaign.</summary>
    internal static Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> ImportAsync(Caller caller, JsonBody body, IGrainFactory grains) =>
        StartAsync(VoucherJobs.Import, Commands(body, null), body, caller, grains);

    /// <summary>
    /// Imports a file of vouchers without a campaign, part <c>file</c> of a form. Columns: Code, Voucher Type, Value, Discount Type, Start Date, Expiration Date, Redemption Limit, Active, Additional Info, Category; every
    /// other column becomes metadata.
    /// </summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> ImportCsvAsync(Caller caller, CsvUpload upload, IGrainFactory grains) =>
        Accepted(await AsyncActionStarted.StartAsync(VoucherJobs.ImportCsv, upload.File, caller.Context(upload.File), caller, grains));

    /// <summary>Imports codes into a campaign.</summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> ImportIntoAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains) =>
        await CampaignEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? await StartAsync(VoucherJobs.CampaignImport, Commands(body, id), body, caller, grains)
            : ApiError.NotFound("campaign", campaignId);

    /// <summary>Starts an import of a file of codes into a campaign.</summary>
    /// <param name="type">The kind of job.</param>
    /// <param name="id">Campaign id.</param>
    /// <param name="upload">The file.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="grains">The grains.</param>
    public static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> StartIntoAsync(string type, string id, CsvUpload upload, Caller caller, IGrainFactory grains) =>
        Accepted(await AsyncActionStarted.StartAsync(type, [.. Encoding.UTF8.GetBytes($"{id}\n"), .. upload.File], caller.Context(upload.File, id), caller, grains));

    /// <summary>Sets metadata of many vouchers by their codes.</summary>
    internal static Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> UpdateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var commands = new List<VoucherCommand>();
        foreach (var item in body.Array.Items(int.MaxValue))
        {
            var voucher = item.AsObject();
            commands.Add(new VoucherCommand
            {
                Code = VoucherReader.Code(voucher) ?? throw voucher.Missing("code"),
                Metadata = voucher.RawObject("metadata") ?? throw voucher.Missing("metadata"),
            });
        }

        return StartAsync(VoucherJobs.BulkUpdate, JsonSerializer.SerializeToUtf8Bytes(commands, Compact), body, caller, grains);
    }

    /// <summary>Sets the same metadata on many vouchers by their codes.</summary>
    internal static Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> UpdateMetadataAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        _ = root.Texts("codes", int.MaxValue, VoucherLimits.Code) ?? throw root.Missing("codes");
        _ = root.RawObject("metadata") ?? throw root.Missing("metadata");
        return StartAsync(VoucherJobs.MetadataUpdate, root.Raw(int.MaxValue).Utf8.ToArray(), body, caller, grains);
    }

    private static byte[] Commands(JsonBody body, string? campaign)
    {
        var commands = new List<VoucherCommand>();
        foreach (var item in body.Array.Items(int.MaxValue))
        {
            var command = VoucherReader.Create(item.AsObject());
            commands.Add(command.Code is null ? throw item.Missing("code") : command with { Campaign = campaign });
        }

        return JsonSerializer.SerializeToUtf8Bytes(commands, Compact);
    }

    private static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> StartAsync(string type, byte[] payload, JsonBody body, Caller caller, IGrainFactory grains) =>
        Accepted(await AsyncActionStarted.StartAsync(type, payload, caller.Context(body.Utf8.Span), caller, grains));

    private static Results<WireAccepted<AsyncActionStarted>, ApiError> Accepted(AsyncActionStarted? started) =>
        started is null ? ApiError.KeyReused() : new WireAccepted<AsyncActionStarted>(started);
}

/// <summary>Metadata of one of many vouchers.</summary>
internal sealed record VoucherOfMany
{
    public required string Code { get; init; }

    public required RawJson Metadata { get; init; }
}

/// <summary>The same metadata for many vouchers.</summary>
internal sealed record VoucherMetadataRequest
{
    public required IReadOnlyList<string> Codes { get; init; }

    public required RawJson Metadata { get; init; }
}
