using System.Text.Json;
using Marketing.Customers;
using Marketing.Http;

namespace Marketing.Events;

/// <summary>Many events in one request. Each has its own outcome.</summary>
internal static partial class EventBulkEndpoints
{
    private const int MaxEvents = 1_000;

    // Enough to fill a group commit of the silo, few enough that one request does not occupy it.
    private const int Concurrency = 64;

    public static void MapEventBulk(this IEndpointRouteBuilder events) =>
        events.MapPost("/bulk", TrackAsync).WithName("TrackEvents").WithMetadata(BodyLimit.Bulk)
            .Accepts<IReadOnlyList<EventRequestBody>>("application/json").WithExample($"[{EventExamples.Event}]").Produces<IReadOnlyList<EventBulkItem>>();

    /// <summary>
    /// Records up to 1,000 events. Answers for each, in order, <c>{"status":200,"event":{…}}</c> or <c>{"status":400,"error":{…}}</c>. The
    /// events of one customer are recorded together, in order; a refused event does not hold up the others. When none could be tried, the request as a
    /// whole is answered 503.
    /// </summary>
    internal static async Task<IResult> TrackAsync(Caller caller, JsonBody body, IGrainFactory grains, SupposedCustomers addresses, ILogger<EventRequest> logger)
    {
        var items = body.Array.Items(MaxEvents);
        var outcomes = new Outcome[items.Count];
        var requests = Read(items, outcomes);
        var context = caller.Context(body.Utf8.Span);

        var groups = requests.Any(item => item.Request.Customer.Id is not null)
            ? await GroupAsync(requests, outcomes, caller, grains, logger)
            : requests.GroupBy(item => item.Request.Customer.SourceId is { } sourceId ? $"s{sourceId}" : $"n{item.At}", (_, same) => Suppose([.. same], caller, addresses));
        await ForEachAsync(groups, async group =>
        {
            var outcome = await AttemptAsync(() => RecordAsync(group, context, outcomes, caller, grains, addresses), caller, logger);
            foreach (var at in outcome is null ? [] : group.Items)
            {
                outcomes[at] = new Outcome(null, outcome);
            }
        });
        return outcomes.Length > 0 && outcomes.All(static outcome => outcome.Error?.Status == StatusCodes.Status503ServiceUnavailable)
            ? ApiError.Unavailable()
            : new BulkAnswer(outcomes, caller.RequestId);
    }

    private static List<(int At, EventRequest Request)> Read(List<Payload> items, Outcome[] outcomes)
    {
        var requests = new List<(int, EventRequest)>(items.Count);
        for (var at = 0; at < items.Count; at++)
        {
            try
            {
                requests.Add((at, EventReader.Read(items[at].AsObject())));
            }
            catch (RefusedException refused)
            {
                outcomes[at] = new Outcome(null, refused.Error);
            }
        }

        return requests;
    }

    // With source ids only, one name is one customer.
    private static Group Suppose(List<(int At, EventRequest Request)> same, Caller caller, SupposedCustomers addresses)
    {
        var sourceId = same[0].Request.Customer.SourceId;
        var id = sourceId is null ? NewCustomer(caller, same[0].At) : addresses.Suppose(caller.Number, sourceId);
        return GroupOf(id, sourceId, same);
    }

    private static string NewCustomer(Caller caller, int at) =>
        Ids.Derived("cust_", caller.Number, $"{caller.IdempotencyKey ?? caller.RequestId}\n{at}");

    private static Group GroupOf(string id, string? supposedFor, List<(int At, EventRequest Request)> events) =>
        new(id, supposedFor, events.TrueForAll(item => item.Request.Customer.Id is not null), [.. events.Select(item => item.At)], [.. events.Select(item => item.Request.Command)]);

    // Resolved per distinct reference, then grouped by what it resolved to: two names may be one customer.
    private static async Task<IEnumerable<Group>> GroupAsync(
        List<(int At, EventRequest Request)> requests, Outcome[] outcomes, Caller caller, IGrainFactory grains, ILogger logger)
    {
        var resolved = new string?[outcomes.Length];
        var bySource = requests.GroupBy(item => item.Request.Customer switch
        {
            { Id: { } id } => $"i{id}",
            { SourceId: { } sourceId } => $"s{sourceId}",
            _ => $"n{item.At}",
        });
        await ForEachAsync(bySource, async same =>
        {
            string? id = null;
            var error = await AttemptAsync(
                async () => id = same.First().Request.Customer is { Id: null, SourceId: null }
                    ? NewCustomer(caller, same.First().At)
                    : await same.First().Request.Customer.ResolveAsync(caller, grains),
                caller, logger);
            foreach (var (at, _) in same)
            {
                resolved[at] = id;
                outcomes[at] = new Outcome(null, error);
            }
        });
        return requests.Where(item => resolved[item.At] is not null)
            .GroupBy(item => resolved[item.At]!, (id, same) => GroupOf(id, null, [.. same]));
    }

    private static async Task RecordAsync(Group group, CommandContext context, Outcome[] outcomes, Caller caller, IGrainFactory grains, SupposedCustomers addresses)
    {
        // An idempotency key stands for one commit; this request is one commit per customer.
        CommandContext Own(string id) => context.IdempotencyKey is null ? context : context with
        {
            IdempotencyKey = Ids.Derived("bulk:", caller.Number, $"{context.IdempotencyKey}\n{id}"),
        };
        var result = group switch
        {
            { SupposedFor: { } sourceId } => await addresses.RecordAsync(caller.Number, sourceId, group.CustomerId, group.Commands, Own),
            { MustExist: true } => await grains.Customer(caller.Number, group.CustomerId).RecordAsync(new CustomEventsHappened(group.Commands) { MustExist = true }, Own(group.CustomerId)),
            _ => await grains.Customer(caller.Number, group.CustomerId).RecordAsync(new CustomEventsHappened(group.Commands), Own(group.CustomerId)),
        };
        if (result is CustomerAnswer.Invalid invalid)
        {
            if (Without(invalid, group, outcomes) is { } others)
            {
                await RecordAsync(others, context, outcomes, caller, grains, addresses);
            }

            return;
        }

        var customer = result is CustomerAnswer.Recorded recorded ? CustomerBrief.From(recorded.Customer) : null;
        for (var index = 0; index < group.Items.Count; index++)
        {
            outcomes[group.Items[index]] = customer is null
                ? new Outcome(null, CustomerRefusals.Of(result))
                : new Outcome(EventResponse.From(group.Commands[index], customer), null);
        }
    }

    // Those that are not as the project's schemas say are refused, each by itself, and the others are told again.
    private static Group? Without(CustomerAnswer.Invalid invalid, Group group, Outcome[] outcomes)
    {
        var refused = invalid.Problems.ToLookup(problem => problem.Part, problem => problem.Problem);
        foreach (var part in refused)
        {
            outcomes[group.Items[part.Key]] = new Outcome(null, ApiError.InvalidMetadata(part));
        }

        var left = Enumerable.Range(0, group.Items.Count).Where(at => !refused.Contains(at)).ToList();
        return left.Count == 0 ? null : group with { Items = [.. left.Select(at => group.Items[at])], Commands = [.. left.Select(at => group.Commands[at])] };
    }

    // An outage may hit one customer's silo only; the others' events are recorded and must be answered as such.
    private static async Task<ApiError?> AttemptAsync(Func<Task> attempt, Caller caller, ILogger logger)
    {
        try
        {
            await attempt();
            return null;
        }
        catch (Exception exception) when (exception is not RefusedException)
        {
            LogFailure(logger, exception, caller.RequestId);
            return Outages.IsOutage(exception) ? ApiError.Unavailable() : ApiError.Internal();
        }
    }

    private static Task ForEachAsync<T>(IEnumerable<T> source, Func<T, Task> work) =>
        Parallel.ForEachAsync(source, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (item, _) => await work(item));

    [LoggerMessage(LogLevel.Warning, "Part of bulk request {RequestId} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string requestId);

    private readonly record struct Outcome(EventResponse? Event, ApiError? Error);

    // SupposedFor: the source id, where the customer id only follows from it. MustExist: named by id only.
    private sealed record Group(string CustomerId, string? SupposedFor, bool MustExist, List<int> Items, List<CustomEventCommand> Commands);

    private sealed class BulkAnswer(Outcome[] outcomes, string requestId) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WireWriter.WriteAsync(
            httpContext.Response, (outcomes, requestId), static (json, state) => Write(json, state.outcomes, state.requestId));

        private static void Write(Utf8JsonWriter json, Outcome[] outcomes, string requestId)
        {
            json.WriteStartArray();
            foreach (var (recorded, error) in outcomes)
            {
                json.WriteStartObject();
                json.WriteNumber("status"u8, error?.Status ?? StatusCodes.Status200OK);
                json.WritePropertyName(error is null ? "event"u8 : "error"u8);
                if (error is null)
                {
                    JsonSerializer.Serialize(json, recorded, WireJson.Options);
                }
                else
                {
                    error.Write(json, requestId);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
