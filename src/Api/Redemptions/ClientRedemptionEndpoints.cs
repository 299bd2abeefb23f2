using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Redemptions;

/// <summary>Validations and redemptions from a browser or an app, whose key is public: they change no profile and show nobody's.</summary>
internal static class ClientRedemptionEndpoints
{
    public static void MapClientRedemptions(this IEndpointRouteBuilder client)
    {
        var origin = Query.Text("origin", "Where the call comes from, if it has no Origin header.");
        client.MapPost("/validations", ValidateAsync).WithName("ValidateClientSide").WithTags("Client side").WithQuery(origin)
            .Accepts<RedemptionRequest>("application/json").WithExample(RedemptionExamples.Redemption);
        client.MapPost("/redemptions", RedeemAsync).WithName("RedeemClientSide").WithTags("Client side").WithQuery(origin)
            .Accepts<RedemptionRequest>("application/json").WithExample(RedemptionExamples.Redemption);
    }

    /// <summary>Calculates what codes and promotions would do together.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ValidateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = await CommandAsync(caller, body, grains, stores: false);
        return RedemptionAnswers.Of(await grains.Redemptions(caller.Number).ValidateAsync(command, caller.Context(body.Utf8.Span)));
    }

    /// <summary>
    /// Redeems, while the project's <c>client_redeem_enabled</c> says so; otherwise there is nothing at this path. A customer is made where there is none, and shown by ids alone; an order
    /// that is known already is refused.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> RedeemAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        if (!caller.Project.Settings.ClientRedeem)
        {
            return ApiError.ForStatus(StatusCodes.Status404NotFound);
        }

        var command = await CommandAsync(caller, body, grains, stores: true);
        if (command.CustomerId is { } customer && await grains.CustomerQueries(caller.Number).FindIdAsync(customer) is null && !caller.Project.Settings.ClientCreateCustomer)
        {
            return ApiError.NotFound("customer", command.Customer.SourceId ?? customer);
        }

        var result = await grains.Redemptions(caller.Number).RedeemAsync(command, caller.Context(body.Utf8.Span));
        return result is RedemptionResult.Done done ? Wire.Ok(WithoutProfiles(done.Document)) : RedemptionAnswers.Of(result, command.Id);
    }

    private static async Task<RedemptionCommand> CommandAsync(Caller caller, JsonBody body, IGrainFactory grains, bool stores)
    {
        var command = await RedemptionReader.Read(body.Object).ResolveAsync(caller, grains, stores);
        return command with { Customer = CustomerPatch.Nothing with { SourceId = command.Customer.SourceId } };
    }

    private static RawJson WithoutProfiles(RawJson answer)
    {
        var root = JsonNode.Parse(answer.Utf8.Span)!;
        Hide(root);
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(root, WireJson.Options));
    }

    private static void Hide(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } described when described["object"] is JsonValue kind && kind.TryGetValue<string>(out var name) && name == "customer":
                foreach (var field in described.Select(static field => field.Key).Where(static field => field is not ("id" or "source_id" or "object")).ToList())
                {
                    described.Remove(field);
                }

                break;
            case JsonObject described:
                foreach (var (_, value) in described)
                {
                    Hide(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Hide(item);
                }

                break;
            default:
                break;
        }
    }
}
