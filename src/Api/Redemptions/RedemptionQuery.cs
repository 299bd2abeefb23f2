using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Http;

namespace Marketing.Redemptions;

/// <summary>A validation whose body stands in the query, as the first script for web pages sends it.</summary>
internal static class RedemptionQuery
{
    public static readonly IReadOnlyList<QueryParameter> Parameters =
    [
        Query.Text("tracking_id", "Your id of the visitor."),
        new QueryParameter("amount", "What is bought, in minor units, where no items say so.") { IsNumber = true },
        Query.OneOf("session_type", "LOCK holds a use of the code for the session.", "LOCK"), Query.Text("session_key", "The key of the session."),
        new QueryParameter("session_ttl", "How long the session lasts.") { IsNumber = true },
        Query.OneOf("session_ttl_unit", "What that is counted in.", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS", "MICROSECONDS", "NANOSECONDS"),
        Query.Text("metadata", "What rules may ask for: metadata[KEY]."), Query.Text("item", "What is bought: item[0][product_id], item[0][sku_id], item[0][quantity], item[0][amount], item[0][price]."),
        Query.Text("customer", "Who asks: customer[id] or customer[source_id]."), Query.Text("order", "What is bought, as in a body: order[amount], order[items][0][product_id]."),
    ];

    /// <summary>The body that says the same.</summary>
    public static RawJson BodyOf(QueryReader query)
    {
        var body = query.Nested("customer", "order", "metadata", "item", "gift");
        var order = Take(body, "order") as JsonObject ?? [];
        if (Take(body, "item") is { } items)
        {
            order["items"] ??= items;
        }

        if (query.Text("amount") is { } amount)
        {
            order["amount"] ??= amount;
        }

        if (order.Count > 0)
        {
            body["order"] = order;
        }

        if (query.Text("tracking_id", TextLimits.Id) is { } tracking)
        {
            body["tracking_id"] = tracking;
        }

        var session = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["type", "key", "ttl", "ttl_unit"])
        {
            if (query.Text($"session_{name}") is { } given)
            {
                session[name] = given;
            }
        }

        if (session.Count > 0)
        {
            body["session"] = session;
        }

        Type(body, isFree: false);
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));
    }

    private static JsonNode? Take(JsonObject body, string name)
    {
        var taken = body[name];
        body.Remove(name);
        return taken;
    }

    // A query has texts alone: quantities and amounts become numbers, and of the shop's own attributes whatever looks like one.
    private static void Type(JsonNode? node, bool isFree)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (value is JsonValue text)
                    {
                        fields[name] = Typed(text.GetValue<string>(), isFree, isFree || name is "price" or "ttl" or "credits" || name.EndsWith("amount", StringComparison.Ordinal) || name.EndsWith("quantity", StringComparison.Ordinal));
                    }
                    else
                    {
                        Type(value, isFree || name == "metadata");
                    }
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is JsonValue text)
                    {
                        items[i] = Typed(text.GetValue<string>(), isFree, isFree);
                    }
                    else
                    {
                        Type(items[i], isFree);
                    }
                }

                break;
            default:
                break;
        }
    }

    private static JsonNode Typed(string text, bool isFree, bool isNumber) => text switch
    {
        "true" or "false" when isFree => text == "true",
        _ when isNumber && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (!isFree || number.ToString(CultureInfo.InvariantCulture) == text) => JsonValue.Create(number),
        _ => text,
    };
}
