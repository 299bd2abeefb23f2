using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Events;

/// <summary>Custom events: what customers do.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/events").WithTags("Events");
        group.MapPost("", TrackAsync).WithName("TrackEvent").Accepts<EventRequestBody>("application/json").WithExample(EventExamples.Event);
        group.MapEventBulk();
    }

    /// <summary>Client-side events have the same body and a smaller answer.</summary>
    public static void MapClientEvents(this IEndpointRouteBuilder client) =>
        client.MapPost("/events", TrackClientSideAsync).WithName("TrackClientSideEvent").WithTags("Client side")
            .WithQuery(Query.Origin)
            .Accepts<EventRequestBody>("application/json").WithExample(EventExamples.Event);

    /// <summary>Records a custom event. A customer who is named by source id, or not at all, is created when missing; an id that nobody has is answered 404.</summary>
    internal static async Task<Results<Wire<EventResponse>, ApiError>> TrackAsync(
        Caller caller, JsonBody body, IGrainFactory grains, SupposedCustomers addresses)
    {
        var request = EventReader.Read(body.Object);
        var context = caller.Context(body.Utf8.Span);
        var result = request.Customer switch
        {
            { Id: { } id } => await grains.Customer(caller.Number, id).RecordAsync(new CustomEventsHappened([request.Command]) { MustExist = true }, context),
            { SourceId: { } sourceId } => await addresses.RecordAsync(
                caller.Number, sourceId, addresses.Suppose(caller.Number, sourceId), [request.Command], _ => context),
            _ => await grains.Customer(caller.Number, caller.NewId("cust_")).RecordAsync(new CustomEventsHappened([request.Command]), context),
        };
        return Answer(request.Command, result, CustomerBrief.From);
    }

    /// <summary>
    /// Records a custom event from a browser or app. A customer with a new source id is created only if the project allows it, and a profile that exists is
    /// never changed: the key is public.
    /// </summary>
    internal static async Task<Results<Wire<EventResponse>, ApiError>> TrackClientSideAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var request = EventReader.Read(body.Object);
        var reference = request.Customer.Id ?? request.Customer.SourceId;
        var existing = reference is null ? null : await grains.CustomerQueries(caller.Number).FindIdAsync(reference);
        if (existing is null && (request.Customer.Id is not null || !caller.Project.Settings.ClientCreateCustomer))
        {
            return ApiError.NotFound("customer", reference ?? "");
        }

        var command = existing is null ? request.Command : request.Command with { Customer = CustomerPatch.Nothing };
        var id = existing ?? await request.Customer.ResolveAsync(caller, grains);
        var result = await grains.Customer(caller.Number, id).RecordAsync(new CustomEventsHappened([command]), caller.Context(body.Utf8.Span));
        return Answer(command, result, CustomerBrief.IdsOf);
    }

    private static Results<Wire<EventResponse>, ApiError> Answer(
        CustomEventCommand command, CustomerAnswer answer, Func<Customer, CustomerBrief> shorten) =>
        answer is CustomerAnswer.Recorded recorded ? Wire.Ok(EventResponse.From(command, shorten(recorded.Customer))) : CustomerRefusals.Of(answer);
}
