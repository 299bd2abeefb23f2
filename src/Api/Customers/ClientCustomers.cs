using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Http;

namespace Marketing.Customers;

/// <summary>What holds of customers in calls from a browser or an app, whose key is public: no profile is changed and none is shown.</summary>
internal static class ClientCustomers
{
    /// <summary>Who is meant, and nothing of what the caller says of them.</summary>
    public static CustomerPatch Named(CustomerPatch patch) => CustomerPatch.Nothing with { SourceId = patch.SourceId };

    /// <summary>The refusal of a customer whom the call would make while <c>client_create_customer_enabled</c> does not say so.</summary>
    public static async Task<ApiError?> RefusalAsync(Caller caller, string customerId, string? sourceId, IGrainFactory grains) =>
        caller.Project.Settings.ClientCreateCustomer || await grains.CustomerQueries(caller.Number).FindIdAsync(customerId) is not null
            ? null
            : ApiError.NotFound("customer", sourceId ?? customerId);

    /// <summary>An answer in which customers have ids alone.</summary>
    public static RawJson WithoutProfiles(RawJson answer)
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
