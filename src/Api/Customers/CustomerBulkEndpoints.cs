using Marketing.AsyncActions;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Customers;

/// <summary>Uploads of many customers. Each becomes a background job that is durable before it is answered.</summary>
internal static class CustomerBulkEndpoints
{
    public static void MapCustomerBulk(this IEndpointRouteBuilder customers)
    {
        customers.MapPost("/importCSV", ImportAsync).WithName("ImportCustomersCsv").WithMetadata(BodyLimit.Bulk, CsvUpload.Form)
            .WithExample(CustomerExamples.File);
        customers.MapPost("/bulk/async", UpdateAsync).WithName("UpdateCustomersInBulk").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<CustomerRequest>>("application/json").WithExample(CustomerExamples.Several);
        customers.MapPost("/metadata/async", UpdateMetadataAsync).WithName("UpdateCustomersMetadata").WithMetadata(BodyLimit.Bulk)
            .Accepts<CustomerMetadataRequest>("application/json").WithExample(CustomerExamples.Metadata);
    }

    /// <summary>
    /// Imports a file of customers, part <c>file</c> of a form: separated by comma, semicolon, tab or bar, in UTF-8 or the charset of the part's content type. The job
    /// fails as a whole when no column is known, and names rows that do not fit by their line. A row with <c>Id</c> means the
    /// customer with this id, also where it has a <c>Source_id</c>.
    /// </summary>
    internal static Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> ImportAsync(Caller caller, CsvUpload upload, IGrainFactory grains) =>
        StartAsync(AsyncActionTypes.CustomersImport, upload.File, caller.Context(upload.File), caller, grains);

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
