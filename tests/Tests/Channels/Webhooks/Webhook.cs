using System.Text;
using Marketing.Templates;
using Marketing.Testing;

namespace Marketing.Channels.Webhooks;

/// <summary>Messages, drafts and scopes for the tests in this folder.</summary>
internal static class Webhook
{
    public const string Document =
        """
        { "id": "cust_1", "source_id": "shop-1", "name": "Zoë \"Z\" 🙂", "email": "zoe@example.com", "phone": "+48 1",
          "address": { "city": "Łódź", "line_1": null }, "metadata": { "vip": true, "score": 1.50, "tags": ["a", "b"] },
          "summary": { "orders": { "total_amount": 12345678901234567890 } },
          "created_at": "2026-01-01T00:00:00Z", "events": { "visit": { "count": 3 } } }
        """;

    public const string OrderData =
        """
        { "order": { "id": "ord_1", "amount": 1999, "status": "PAID", "note": null, "items": [ { "quantity": 2 }, { "quantity": 3 } ],
          "metadata": { "gift": false, "line\u0020two": "a\nb\"c\\d" } }, "referrer": null, "redemption": null,
          "customer": { "id": "somebody else" } }
        """;

    public static readonly DateTimeOffset CreatedAt = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.FromHours(1));

    public static readonly TemplateScope Scope = new(new Dictionary<string, VariableShape>
    {
        ["customer"] = Shape(("id", VariableShape.Leaf), ("name", VariableShape.Leaf), ("metadata", VariableShape.Open)),
        ["order"] = Shape(("id", VariableShape.Leaf), ("amount", VariableShape.Leaf), ("items", Shape(("quantity", VariableShape.Leaf)))),
    });

    public static ChannelTemplate Template(HttpSink? sink = null) =>
        new() { EventName = "order_paid", TargetUrl = new Uri(sink?.Url ?? new Uri("https://hooks.example.com"), "/in?a=1").ToString() };

    public static ChannelTemplate Designed(string payload, bool raw = true) =>
        Template() with { Payload = RawJson.Parse(payload), RawPayload = raw };

    public static ChannelTemplate DesignedText(string text) =>
        Template() with { Payload = new RawJson(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text)), RawPayload = true };

    public static OutboundMessage Message(ChannelTemplate template, string type = "customer.order.paid", string data = OrderData) => new()
    {
        MessageId = "msg_0001",
        ProjectId = "proj_1",
        DistributionId = "distr_1",
        DistributionName = "Thanks",
        Channel = new ChannelDefinition { Type = "webhook", Template = template },
        Recipient = new Recipient("cust_1", Encoding.UTF8.GetBytes(Document)),
        Trigger = new TriggerOccurrence
        {
            EventId = "evcus_1",
            Type = type,
            CreatedAt = CreatedAt,
            GroupId = "v-1",
            Source = "API",
            Data = Encoding.UTF8.GetBytes(data),
        },
    };

    public static string Body(OutboundMessage message) =>
        Encoding.UTF8.GetString(WebhookBody.Build(CompiledWebhook.Of(message.Channel), message));

    private static VariableShape Shape(params (string Name, VariableShape Shape)[] fields) =>
        new(fields.ToDictionary(field => field.Name, field => field.Shape));
}
