using System.Diagnostics;
using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Orders;

/// <summary>Orders: what customers buy.</summary>
internal static class OrderEndpoints
{
    private const int MaxPage = 100;
    private const int MaxImported = 2_000;

    public static void MapOrders(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/orders").WithTags("Orders").WithPath("orderId", "The id or the source id of the order.");
        group.MapPost("", SaveAsync).WithName("SaveOrder").Accepts<OrderRequestBody>("application/json").WithExample(OrderExamples.Order);
        group.MapGet("", ListAsync).WithName("ListOrders").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Order("created_at", "created_at", "updated_at"));
        group.MapGet("/{orderId}", GetAsync).WithName("GetOrder");
        group.MapPut("/{orderId}", UpdateAsync).WithName("UpdateOrder").Accepts<OrderRequestBody>("application/json").WithExample(OrderExamples.Change);
        group.MapPost("/import", ImportAsync).WithName("ImportOrders").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<OrderRequestBody>>("application/json").WithExample($"[{OrderExamples.Order}]");
    }

    /// <summary>Creates an order, or changes the one with this id or source id.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> SaveAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var request = OrderReader.Read(body.Object);
        var id = request switch
        {
            { Id: { } given } => given,
            { Command.SourceId: { } sourceId } => await grains.OrderQueries(caller.Number).ResolveAsync(null, sourceId),
            _ => caller.NewId("ord_"),
        };
        return await SendAsync(id, request, mustExist: false, caller, body, grains);
    }

    /// <summary>Lists orders.</summary>
    internal static async Task<Wire<OrderListResponse>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var list = new OrderListQuery(query.Limit(), query.Page(MaxPage), query.Order("created_at", "created_at", "updated_at"));
        var page = await grains.OrderQueries(caller.Number).ListAsync(list, cancellation);
        return Wire.Ok(new OrderListResponse(page.Items, page.Total));
    }

    /// <summary>One order, by id or source id.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(
        string orderId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(orderId) is { } reference && await grains.OrderQueries(caller.Number).FindAsync(reference, cancellation) is { } order
            ? Wire.Ok(order)
            : ApiError.NotFound("order", orderId);

    /// <summary>Changes what is given of an order; the rest stays.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string orderId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var request = OrderReader.Read(body.Object);
        if (Ids.Reference(orderId) is not { } reference || await grains.OrderQueries(caller.Number).FindAsync(reference) is not { } order)
        {
            return ApiError.NotFound("order", orderId);
        }

        // The ids are fixed; a client that sends the whole object back must not be refused for it.
        var update = request with { Command = request.Command with { SourceId = null } };
        return await SendAsync(IdOf(order), update, mustExist: true, caller, body, grains);
    }

    /// <summary>Imports up to 2,000 orders of the past: they count for customers and segments, and start no order triggers.</summary>
    internal static async Task<Results<Wire<AsyncActionStarted>, ApiError>> ImportAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        foreach (var order in body.Array.Items(MaxImported))
        {
            OrderReader.Read(order.AsObject());
        }

        return await AsyncActionStarted.StartAsync(
            AsyncActionTypes.OrdersImport, body.Array.Raw(int.MaxValue).Utf8.ToArray(), caller.Context(body.Utf8.Span), caller, grains) is { } started
            ? Wire.Ok(started)
            : ApiError.KeyReused();
    }

    private static async Task<Results<Wire<RawJson>, ApiError>> SendAsync(
        string id, OrderRequest request, bool mustExist, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var referrerId = request.Command.ReferrerId;
        if (referrerId is null && request.Referrer?.SourceId is { } referrer)
        {
            referrerId = await grains.CustomerQueries(caller.Number).FindIdAsync(referrer);
            if (referrerId is null)
            {
                return ApiError.NotFound("customer", referrer);
            }
        }

        var command = request.Command with
        {
            CustomerId = request.Customer is null ? null : await request.Customer.ResolveAsync(caller, grains),
            ReferrerId = referrerId,
            MustExist = mustExist,
        };
        return await grains.Order(caller.Number, id).SaveAsync(command, caller.Context(body.Utf8.Span)) switch
        {
            OrderResult.Saved saved => Wire.Ok(saved.Order),
            OrderResult.NotFound => ApiError.NotFound("order", id),
            OrderResult.Invalid invalid => ApiError.InvalidPayload($"Payload property '.{invalid.Field.TrimStart('.')}' {invalid.Message}"),
            OrderResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
            OrderResult.DuplicateSourceId duplicate => ApiError.DuplicateSourceId("Order", duplicate.SourceId),
            OrderResult.DuplicateCustomerSourceId duplicate => ApiError.DuplicateSourceId("Customer", duplicate.SourceId),
            OrderResult.KeyReused => ApiError.KeyReused(),
            OrderResult.Deleted deleted => ApiError.DeletedMeanwhile("order", deleted.OrderId),
            _ => throw new UnreachableException(),
        };
    }

    private static string IdOf(RawJson order)
    {
        using var document = JsonDocument.Parse(order.Utf8);
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
