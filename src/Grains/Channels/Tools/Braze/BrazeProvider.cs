using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>Braze, custom attributes by track users: https://www.braze.com/docs/api/endpoints/user_data/post_user_track/.</summary>
internal sealed class BrazeProvider : ToolProvider
{
    public override ProviderDescriptor Descriptor { get; } = new("braze", "braze", "Braze")
    {
        Documentation = "https://www.braze.com/docs/api/endpoints/user_data/post_user_track/",
        Fields = FieldsAround([], null, "REST API key with the permission users.track", "Custom attributes"),
    };

    // 75 of all kinds in general, 50 by some contracts.
    public override int MostAtOnce => 50;

    protected override async Task<IReadOnlyList<DeliveryOutcome>> DeliverManyAsync(ProviderCall call, IReadOnlyList<ProfileItem> items)
    {
        var answer = await call.SendAsync(Track(call.Values, new JsonArray([.. items.Select(Profile)])));
        if (!answer.IsSuccess)
        {
            return All(items, answer.Failure(answer.Text("message")));
        }

        // Taken as a whole, and yet some of it may not be: what is named by its place; where none is named, it is set once more.
        var outcomes = All(items, new DeliveryOutcome.Sent($"HTTP {answer.Status}")).ToArray();
        foreach (var error in answer.Items("errors"))
        {
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("index", out var at) && at.TryGetInt32(out var index) && index >= 0 && index < outcomes.Length)
            {
                outcomes[index] = new DeliveryOutcome.PermanentFailure($"Braze did not take it: {PlainText.Start(ProfileFields.At(error, "type") ?? "", 200)}");
            }
            else if (error.ValueKind == JsonValueKind.String)
            {
                return All(items, new DeliveryOutcome.TemporaryFailure($"Braze did not take all: {PlainText.Start(error.GetString()!, 200)}"));
            }
        }

        return outcomes;
    }

    // There is no call that changes nothing; this one updates a profile that nobody has.
    public override async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Track(call.Values, [new JsonObject { ["external_id"] = "connection-test-of-nobody", ["_update_existing_only"] = true }]));
        return Checked(answer, answer.Text("message"));
    }

    private static JsonNode Profile(ProfileItem item)
    {
        var profile = Attributes(item);
        if (item.SourceId is null && item.Email is { } email)
        {
            profile["email"] = email;
        }
        else
        {
            profile["external_id"] = item.SourceId ?? item.CustomerId;
        }

        return profile;
    }

    private static HttpRequestMessage Track(ConnectionValues values, JsonArray attributes)
    {
        var request = Json(HttpMethod.Post, Url(values, "", "/users/track"), new JsonObject { ["attributes"] = attributes });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", values.Line("api_key"));
        return request;
    }
}
