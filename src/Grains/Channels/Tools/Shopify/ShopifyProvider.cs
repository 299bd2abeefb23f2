using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>
/// Shopify, metafields of customers: https://shopify.dev/docs/api/admin-graphql/latest/mutations/metafieldsSet. A customer is looked up by
/// https://shopify.dev/docs/api/admin-graphql/latest/queries/customerByIdentifier; whoever is not a customer there is not made one.
/// </summary>
internal sealed class ShopifyProvider : ToolProvider
{
    private const string Version = "2026-10";

    private const string Find = "query($by:CustomerIdentifierInput!){customerByIdentifier(identifier:$by){id}}";
    private const string Set = "mutation($fields:[MetafieldsSetInput!]!){metafieldsSet(metafields:$fields){metafields{id} userErrors{code field message elementIndex}}}";

    public override ProviderDescriptor Descriptor { get; } = new("shopify", "shopify", "Shopify")
    {
        Documentation = "https://shopify.dev/docs/api/admin-graphql/latest/mutations/metafieldsSet",
        Fields = FieldsAround(
            [
                new("namespace", EntryKind.Line, "Namespace of the metafields") { Max = 255, Default = "vouchers" },
                new("version", EntryKind.Line, "Version of the API") { Max = 10, Default = Version },
            ],
            null, "Admin API access token with read_customers and write_customers", "Keys of metafields"),
    };

    public override ToolIdentity Identity => ToolIdentity.Email;

    protected override async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, ProfileItem item)
    {
        var found = await call.SendAsync(Query(call.Values, Find, new JsonObject { ["by"] = new JsonObject { ["emailAddress"] = item.Email } }));
        if (WhyNot(found) is { } whyNot)
        {
            return whyNot;
        }

        if (found.Text("data", "customerByIdentifier", "id") is not { } customer)
        {
            return new DeliveryOutcome.PermanentFailure("There is no customer with this address in the shop.");
        }

        var fields = new JsonArray([.. item.Attributes.Select(field => new JsonObject
        {
            ["ownerId"] = customer,
            ["namespace"] = call.Values.Text("namespace") ?? "vouchers",
            ["key"] = field.Key,
            ["type"] = "single_line_text_field",
            ["value"] = field.Value,
        })]);
        var answer = await call.SendAsync(Query(call.Values, Set, new JsonObject { ["fields"] = fields }));
        if (WhyNot(answer) is { } refused)
        {
            return refused;
        }

        return answer.Text("data", "metafieldsSet", "userErrors", "0", "message") is not { } wrong ? new DeliveryOutcome.Sent(customer)
            : answer.Text("data", "metafieldsSet", "userErrors", "0", "code") is "INTERNAL_ERROR" or "STALE_OBJECT" ? new DeliveryOutcome.TemporaryFailure(PlainText.Start(wrong, 200))
            : new DeliveryOutcome.PermanentFailure(PlainText.Start(wrong, 200));
    }

    public override async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Query(call.Values, "{shop{name}}", null));
        return WhyNot(answer) is { } whyNot
            ? new ConnectionCheck(false, whyNot is DeliveryOutcome.TemporaryFailure later ? later.Reason : ((DeliveryOutcome.PermanentFailure)whyNot).Reason)
            : new ConnectionCheck(true, $"The shop is {answer.Text("data", "shop", "name")}.");
    }

    // An answer of success may be a refusal.
    private static DeliveryOutcome? WhyNot(ProviderAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            return answer.Failure(answer.Text("errors") ?? answer.Text("errors", "0", "message"));
        }

        if (answer.Text("errors", "0", "message") is not { } said)
        {
            return answer.At("data") is null ? new DeliveryOutcome.TemporaryFailure("the answer of the shop was not understood") : null;
        }

        return answer.Text("errors", "0", "extensions", "code") switch
        {
            "THROTTLED" => new DeliveryOutcome.TemporaryFailure("throttled", Wait(answer), BurnsAttempt: false),
            "INTERNAL_SERVER_ERROR" => new DeliveryOutcome.TemporaryFailure(PlainText.Start(said, 200)),
            _ => new DeliveryOutcome.PermanentFailure(PlainText.Start(said, 200)),
        };
    }

    // What is missing, by how fast it comes back.
    private static TimeSpan? Wait(ProviderAnswer answer)
    {
        double? Of(params ReadOnlySpan<string> path) => double.TryParse(answer.Text(path), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        return Of("extensions", "cost", "requestedQueryCost") is { } cost && Of("extensions", "cost", "throttleStatus", "currentlyAvailable") is { } left
            && Of("extensions", "cost", "throttleStatus", "restoreRate") is > 0 and { } rate
            ? TimeSpan.FromSeconds(Math.Clamp((cost - left) / rate, 1, 60)) : null;
    }

    private static HttpRequestMessage Query(ConnectionValues values, string query, JsonObject? variables)
    {
        var request = Json(
            HttpMethod.Post, Url(values, "", $"/admin/api/{Uri.EscapeDataString(values.Text("version") ?? Version)}/graphql.json"),
            new JsonObject { ["query"] = query, ["variables"] = variables ?? [] });
        request.Headers.TryAddWithoutValidation("x-shopify-access-token", values.Line("api_key"));
        return request;
    }
}
