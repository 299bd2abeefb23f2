using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>Intercom, custom attributes of contacts: https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts. The attributes must be defined there.</summary>
internal sealed class IntercomProvider : ToolProvider
{
    private const string Default = "https://api.intercom.io";
    private const string Version = "2.16";

    public override ProviderDescriptor Descriptor { get; } = new("intercom", "intercom", "Intercom")
    {
        Documentation = "https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts",
        Fields = FieldsAround([], $"{Default}, or api.eu.intercom.io, api.au.intercom.io", "Access token", "Custom attributes"),
    };

    protected override async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, ProfileItem item)
    {
        var (id, unknown) = await FindAsync(call, item);
        if (unknown is not null)
        {
            return unknown;
        }

        if (id is null)
        {
            var created = await call.SendAsync(Request(call.Values, HttpMethod.Post, "/contacts", Contact(item)));
            if (created.IsSuccess)
            {
                return new DeliveryOutcome.Sent(created.Text("id") ?? $"HTTP {created.Status}");
            }

            // Made by somebody else meanwhile: it can be found by the next attempt.
            return created.Status == 409 ? new DeliveryOutcome.TemporaryFailure("HTTP 409: the contact was made meanwhile") : created.Failure(Said(created));
        }

        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Put, $"/contacts/{Uri.EscapeDataString(id)}", new JsonObject { ["custom_attributes"] = Attributes(item) }));
        return answer.IsSuccess ? new DeliveryOutcome.Sent(id) : answer.Failure(Said(answer));
    }

    public override async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Get, "/me", null));
        return Checked(answer, Said(answer), answer.Text("app", "region") is { } region ? $"The workspace is in the region {region}." : "The tool knows the credentials.");
    }

    private static async Task<(string? Id, DeliveryOutcome? Unknown)> FindAsync(ProviderCall call, ProfileItem item)
    {
        if (item.SourceId is { } source)
        {
            var found = await call.SendAsync(Request(call.Values, HttpMethod.Get, $"/contacts/find_by_external_id/{Uri.EscapeDataString(source)}", null));
            if (found.IsSuccess)
            {
                return (found.Text("id"), null);
            }

            if (found.Status is not (404 or 410))
            {
                return (null, found.Failure(Said(found)));
            }
        }

        var (field, value) = item.Email is { } email ? ("email", email) : item.Phone is { } phone ? ("phone", phone) : ("external_id", item.CustomerId);
        var listed = await call.SendAsync(Request(call.Values, HttpMethod.Post, "/contacts/search", new JsonObject
        {
            ["query"] = new JsonObject { ["field"] = field, ["operator"] = "=", ["value"] = value },
        }));
        return listed.IsSuccess ? (listed.Text("data", "0", "id"), null) : (null, listed.Failure(Said(listed)));
    }

    private static JsonObject Contact(ProfileItem item)
    {
        var contact = new JsonObject { ["role"] = "user", ["external_id"] = item.SourceId ?? item.CustomerId };
        if (item.Email is { } email)
        {
            contact["email"] = email;
        }

        if (item.Phone is { } phone)
        {
            contact["phone"] = phone;
        }

        contact["custom_attributes"] = Attributes(item);
        return contact;
    }

    private static string? Said(ProviderAnswer answer) => answer.Text("errors", "0", "message") ?? answer.Text("errors", "0", "code");

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string path, JsonObject? body)
    {
        var request = Json(method, Url(values, Default, path), body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", values.Line("api_key"));
        request.Headers.TryAddWithoutValidation("intercom-version", Version);
        return request;
    }
}
