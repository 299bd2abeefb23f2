using Marketing.AsyncActions;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Customers;

/// <summary>Uploads of many customers. Each becomes a background job that is durable before it is answered.</summary>
internal static class CustomerBulkEndpoints
{
    private static readonly QueryParameter MatchBy = Query.OneOf(
        "match_by", "What says whom a row means: its Id or else its Source_id, or its Email. By email, nobody but the one customer with the address is changed.", "source_id", "email") with
    {
        Default = "source_id",
    };

    private static readonly QueryParameter Empty = Query.OneOf("empty", "What an empty cell does to its field: keep leaves it as it is, clear clears it.", "keep", "clear") with { Default = "keep" };

    private static readonly QueryParameter DryRun = Query.OneOf(
        "dry_run", "Whether to answer at once what the import would do, and change nothing. At most ten seconds are spent on it.", "true", "false") with
    {
        Default = "false",
    };

    public static void MapCustomerBulk(this IEndpointRouteBuilder customers)
    {
        customers.MapPost("/importCSV", ImportAsync).WithName("ImportCustomersCsv").WithMetadata(BodyLimit.Bulk, CsvUpload.Form)
            .WithExample(CustomerExamples.File).WithQuery(MatchBy, Empty, DryRun)
            .WithAnswer(StatusCodes.Status202Accepted, ImportExamples.Started, "Stored: the background job with this id imports the file.")
            .WithAnswer(StatusCodes.Status200OK, ImportExamples.Trial, "With dry_run=true: what the import would do.");
        customers.MapPost("/bulk/async", UpdateAsync).WithName("UpdateCustomersInBulk").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<CustomerRequest>>("application/json").WithExample(CustomerExamples.Several);
        customers.MapPost("/metadata/async", UpdateMetadataAsync).WithName("UpdateCustomersMetadata").WithMetadata(BodyLimit.Bulk)
            .Accepts<CustomerMetadataRequest>("application/json").WithExample(CustomerExamples.Metadata);
    }

    /// <summary>
    /// Imports a file of customers, part <c>file</c> of a form: separated by comma, semicolon, tab or bar, in UTF-8 or the charset of the part's content type. The job
    /// fails as a whole when no column is known, and names rows that do not fit by their line. A row with <c>Id</c> means the
    /// customer with this id, also where it has a <c>Source_id</c>. Columns that are not in the file leave their fields as they are.
    /// </summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, Wire<RawJson>, ApiError>> ImportAsync(
        Caller caller, QueryReader query, CsvUpload upload, IGrainFactory grains, CancellationToken cancellation)
    {
        var options = new ImportOptions { MatchByEmail = query.OneOf(MatchBy) == "email", ClearEmpty = query.OneOf(Empty) == "clear" };
        if (query.OneOf(DryRun) == "true")
        {
            return await grains.ImportTrial(caller.Number).TryAsync(upload.File, options, cancellation) switch
            {
                { Report: { } report } => Wire.Ok(report),
                { Refusal: var refusal } => ApiError.InvalidPayload($"Payload property '.file' cannot be imported. {refusal}"),
            };
        }

        var context = caller.Context(upload.File, $"{(options.MatchByEmail ? "?match_by=email" : "")}{(options.ClearEmpty ? "?empty=clear" : "")}");
        return await AsyncActionStarted.StartAsync(AsyncActionTypes.CustomersImport, upload.File, context, caller, grains, options) is { } started
            ? new WireAccepted<AsyncActionStarted>(started)
            : ApiError.KeyReused();
    }

    /// <summary>Creates or updates many customers by source id, or by the id where there is one.</summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> UpdateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        foreach (var item in body.Array.Items(int.MaxValue))
        {
            var customer = item.AsObject();
            if (CustomerReader.Read(customer).SourceId is null)
            {
                throw customer.Missing("source_id");
            }
        }

        var payload = body.Array.Raw(int.MaxValue).Utf8.ToArray();
        return await StartAsync(AsyncActionTypes.CustomersBulkUpdate, payload, caller.Context(body.Utf8.Span), caller, grains);
    }

    /// <summary>Sets the same metadata on many customers by source id.</summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> UpdateMetadataAsync(
        Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        _ = root.Texts("source_ids", int.MaxValue, TextLimits.Id) ?? throw root.Missing("source_ids");
        _ = root.RawObject("metadata") ?? throw root.Missing("metadata");
        var payload = root.Raw(int.MaxValue).Utf8.ToArray();
        return await StartAsync(AsyncActionTypes.CustomersMetadataUpdate, payload, caller.Context(body.Utf8.Span), caller, grains);
    }

    private static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> StartAsync(
        string type, byte[] payload, CommandContext context, Caller caller, IGrainFactory grains) =>
        await AsyncActionStarted.StartAsync(type, payload, context, caller, grains) is { } started
            ? new WireAccepted<AsyncActionStarted>(started)
            : ApiError.KeyReused();
}
