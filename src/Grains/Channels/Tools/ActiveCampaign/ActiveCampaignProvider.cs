using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>ActiveCampaign, custom fields of contacts: https://developers.activecampaign.com/reference/sync-a-contacts-data.</summary>
internal sealed class ActiveCampaignProvider : ToolProvider
{
    public override ProviderDescriptor Descriptor { get; } = new("activecampaign", "activecampaign", "ActiveCampaign")
    {
        Documentation = "https://developers.activecampaign.com/reference/sync-a-contacts-data",
        Fields = FieldsAround([], null, "API key", "Custom fields, by their ids"),
    };

    public override ToolIdentity Identity => ToolIdentity.Email;

    // Five in a second are allowed.
    public override int AtOnce => 4;

    public override IEnumerable<FieldProblem> Check(ConnectionValues values) => base.Check(values).Concat(values.Map("fields")
        .Where(static field => !field.Value.All(char.IsAsciiDigit)).Select(static field => new FieldProblem($"settings.fields.{field.Key}", "must be the id of a custom field, a number")));

    protected override async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, ProfileItem item)
    {
        var contact = new JsonObject { ["email"] = item.Email };
        if (item.Phone is { } phone)
        {
            contact["phone"] = phone;
        }

        contact["fieldValues"] = new JsonArray([.. item.Attributes.Select(static field => new JsonObject { ["field"] = field.Key, ["value"] = field.Value })]);
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Post, "/contact/sync", new JsonObject { ["contact"] = contact }));
        return answer.IsSuccess ? new DeliveryOutcome.Sent(answer.Text("contact", "id") ?? $"HTTP {answer.Status}")
            : answer.Status == 400 && answer.Text("message")?.StartsWith("Rate limit", StringComparison.OrdinalIgnoreCase) is true
                ? new DeliveryOutcome.TemporaryFailure("HTTP 400: rate limit", answer.RetryAfter, BurnsAttempt: false)
            : answer.Failure(Said(answer));
    }

    public override async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Get, "/users/me", null));
        return Checked(answer, Said(answer));
    }

    private static string? Said(ProviderAnswer answer) => answer.Text("errors", "0", "title") ?? answer.Text("message");

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string path, JsonObject? body)
    {
        var request = Json(method, Url(values, "", "/api/3" + path), body);
        request.Headers.TryAddWithoutValidation("api-token", values.Line("api_key"));
        return request;
    }
}
