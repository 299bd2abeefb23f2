using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>Klaviyo, properties of profiles: https://developers.klaviyo.com/en/reference/create_or_update_profile.</summary>
internal sealed class KlaviyoProvider : ToolProvider
{
    private const string Default = "https://a.klaviyo.com";
    private const string MediaType = "application/vnd.api+json";
    private const string Revision = "2026-10-15";

    public override ProviderDescriptor Descriptor { get; } = new("klaviyo", "klaviyo", "Klaviyo")
    {
        Documentation = "https://developers.klaviyo.com/en/reference/create_or_update_profile",
        Fields = FieldsAround(
            [new("revision", EntryKind.Line, "Revision of the API") { Max = 20, Default = Revision }], Default, "Private API key with profiles:write and accounts:read", "Properties"),
    };

    protected override async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, ProfileItem item)
    {
        var known = new JsonObject { ["external_id"] = item.SourceId ?? item.CustomerId };
        if (item.Email is { } email)
        {
            known["email"] = email;
        }

        if (item.Phone is { } phone)
        {
            known["phone_number"] = phone;
        }

        known["properties"] = Attributes(item);
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Post, "/api/profile-import", new JsonObject { ["data"] = new JsonObject { ["type"] = "profile", ["attributes"] = known } }));
        if (answer.Status == 409 && answer.Text("errors", "0", "meta", "duplicate_profile_id") is { } id)
        {
            // What is known of the customer leads to several profiles: the one it names gets the properties, and keeps who it is.
            answer = await call.SendAsync(Request(call.Values, HttpMethod.Patch, $"/api/profiles/{Uri.EscapeDataString(id)}", new JsonObject
            {
                ["data"] = new JsonObject { ["type"] = "profile", ["id"] = id, ["attributes"] = new JsonObject { ["properties"] = Attributes(item) } },
            }));
        }

        return answer.IsSuccess ? new DeliveryOutcome.Sent(answer.Text("data", "id") ?? $"HTTP {answer.Status}") : answer.Failure(Said(answer));
    }

    public override async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Get, "/api/accounts", null));
        return Checked(answer, Said(answer));
    }

    private static string? Said(ProviderAnswer answer) => answer.Text("errors", "0", "detail") ?? answer.Text("errors", "0", "title");

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string path, JsonObject? body)
    {
        var request = Json(method, Url(values, Default, path), body, MediaType);
        request.Headers.TryAddWithoutValidation("authorization", $"Klaviyo-API-Key {values.Line("api_key")}");
        request.Headers.TryAddWithoutValidation("revision", values.Text("revision") ?? Revision);
        return request;
    }
}
