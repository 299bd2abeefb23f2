using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Carts;
using Marketing.Json;
using Marketing.Orders;
using Marketing.Storage;

namespace Marketing.Redemptions;

/// <summary>The order that comes of a redemption.</summary>
internal sealed class RedeemedOrder
{
    // What discounts change; the rest of an order is nobody's business here.
    private static readonly string[] Calculations =
    [
        "amount", "initial_amount", "discount_amount", "items_discount_amount", "total_discount_amount", "total_amount", "applied_discount_amount", "items_applied_discount_amount",
        "total_applied_discount_amount", "items",
    ];

    private readonly JsonElement _base;

    private RedeemedOrder(JsonElement given, OrderChange change)
    {
        _base = given;
        Change = change;
    }

    public OrderChange Change { get; }

    public string Id => Change.OrderId;

    /// <summary>The version it is stored with.</summary>
    public long Version => Change.Version + 1;

    public RawJson Document => Change.Document;

    /// <summary>Amounts and lines before it; null where the order is new.</summary>
    public RawJson? Before { get; private init; }

    /// <summary>The order at a point of the stack.</summary>
    public RawJson Calculated(Cart cart) => CartWriter.Write(_base, cart);

    /// <param name="decided">What was decided.</param>
    /// <param name="command">What was asked.</param>
    /// <param name="redemptions">Ids of the redemptions, in the order of what was applied.</param>
    /// <param name="numbers">For the row of a new order.</param>
    public static async Task<RedeemedOrder> OfAsync(Decided decided, RedemptionCommand command, IReadOnlyList<string> redemptions, INumbers numbers)
    {
        var given = decided.Case.Order!;
        var order = JsonNode.Parse(given.Document.GetRawText())!.AsObject();
        var listed = order["redemptions"] as JsonObject ?? [];
        order["redemptions"] = listed;
        foreach (var (one, id) in decided.Applied.Zip(redemptions))
        {
            listed[id] = new JsonObject
            {
                ["date"] = WireJson.Text(decided.Case.Now),
                ["related_object_type"] = one.Redeemable.Type,
                ["related_object_id"] = one.Redeemable.Id,
                ["related_object_parent_id"] = one.Redeemable.Campaign?.Id,
            };
        }

        if (redemptions.Count > 1)
        {
            listed[command.Id] = new JsonObject
            {
                ["date"] = WireJson.Text(decided.Case.Now),
                ["related_object_type"] = "redemption",
                ["related_object_id"] = command.Id,
                ["related_object_parent_id"] = null,
                ["stacked"] = new JsonArray([.. redemptions.Select(static id => (JsonNode?)id)]),
            };
        }

        var withIds = JsonSerializer.SerializeToElement(order);
        var status = order["status"]!.GetValue<string>();
        var isNew = given.Present is null;
        var (events, marks) = OrderRules.Step(isNew, status, given.Marks | (command.Order!.Amount is null ? OrderMarks.None : OrderMarks.AmountGiven));
        var createdAt = DateTimeOffset.Parse(order["created_at"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        var change = new OrderChange
        {
            OrderId = order["id"]!.GetValue<string>(),
            Number = given.Present?.Number ?? await numbers.NextAsync(OrderTable.Orders.Numbers),
            Version = given.Present?.Version ?? 0,
            Document = CartWriter.Write(withIds, decided.After),
            After = new OrderFacts(order["source_id"]?.GetValue<string>(), status, decided.After.TotalAmount, createdAt, isNew ? null : decided.Case.Now),
            Before = FactsOf(given.Present),
            Events = events,
            Marks = marks,
            Metadata = command.Order.Metadata,
            HasItems = command.Order.Items is not null,
        };
        return new RedeemedOrder(withIds, change) { Before = CalculationsOf(given.Document) };
    }

    /// <summary>The order after one of its redemptions, or a stack of them, was taken back.</summary>
    /// <param name="row">As it is stored.</param>
    /// <param name="taken">The redemption, and its rollback's id.</param>
    /// <param name="before">Amounts and lines to be put back; null where the order has changed since, and they stay.</param>
    /// <param name="cancels">Whether it is canceled.</param>
    /// <param name="now">When.</param>
    public static OrderChange TakenBack(OrderRow row, IReadOnlyList<(string Redemption, string Rollback)> taken, RawJson? before, bool cancels, DateTimeOffset now)
    {
        var order = JsonNode.Parse(row.Document)!.AsObject();
        if (before is not null)
        {
            foreach (var name in Calculations)
            {
                order.Remove(name);
            }

            foreach (var (name, value) in JsonNode.Parse(before.Utf8.Span)!.AsObject())
            {
                order[name] = value?.DeepClone();
            }
        }

        foreach (var (redemption, rollback) in taken)
        {
            if (order["redemptions"]?[redemption] is JsonObject entry)
            {
                entry["rollback_id"] = rollback;
                entry["rollback_date"] = WireJson.Text(now);
            }
        }

        order["updated_at"] = WireJson.Text(now);
        var marks = OrderRules.MarksOf(row);
        IReadOnlyList<string> events = [];
        if (cancels)
        {
            order["status"] = "CANCELED";
            (events, marks) = OrderRules.Step(isNew: false, "CANCELED", marks);
        }

        return new OrderChange
        {
            OrderId = row.Id,
            Number = row.Number,
            Version = row.Version,
            Document = WrittenJson.Of(json => order.WriteTo(json), 1_024),
            After = new OrderFacts(row.SourceId, order["status"]!.GetValue<string>(), order["total_amount"]!.GetValue<long>(), row.CreatedAt, now),
            Before = FactsOf(row),
            Events = events,
            Marks = marks,
        };
    }

    // An order that had no customer so far was in nobody's summary.
    private static OrderFacts? FactsOf(OrderRow? row) => row?.CustomerId is null ? null : new OrderFacts(row.SourceId, row.Status, row.TotalAmount, row.CreatedAt, row.UpdatedAt);

    private static RawJson CalculationsOf(JsonElement order) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        foreach (var field in order.EnumerateObject().Where(static field => Calculations.Contains(field.Name)))
        {
            field.WriteTo(json);
        }

        json.WriteEndObject();
    });
}
