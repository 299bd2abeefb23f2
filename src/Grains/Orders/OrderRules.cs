using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Storage;

namespace Marketing.Orders;

/// <summary>How an order changes and what it means for its customer. Pure.</summary>
internal static class OrderRules
{
    public static readonly string[] Statuses = ["CREATED", "PAID", "CANCELED", "FULFILLED"];

    /// <summary>Events of a change from one status to another; <paramref name="before"/> is null for a new order.</summary>
    public static IReadOnlyList<string> Events(string? before, string after)
    {
        var events = new List<string> { before is null ? TriggerCatalogue.OrderCreated : TriggerCatalogue.OrderUpdated };
        if (before != after)
        {
            switch (after)
            {
                case "PAID":
                    events.Add(TriggerCatalogue.OrderPaid);
                    break;
                case "CANCELED":
                    events.Add(TriggerCatalogue.OrderCanceled);
                    break;
                case "FULFILLED":
                    events.Add("customer.order.fulfilled");
                    break;
            }
        }

        return events;
    }

    /// <summary>Whether a stored order is what a change would make of it, the time of the change apart.</summary>
    public static bool IsSame(byte[] stored, JsonObject order)
    {
        var (one, other) = (JsonNode.Parse(stored)!.AsObject(), order.DeepClone().AsObject());
        one.Remove("updated_at");
        other.Remove("updated_at");
        return JsonNode.DeepEquals(one, other);
    }

    /// <summary>Takes the order's old share out of the summary and puts the new one in. Only paid and fulfilled orders count.</summary>
    public static void Fold(OrderSummary summary, OrderFacts? before, OrderFacts after)
    {
        var counted = before is not null && Counts(before.Status);
        var counts = Counts(after.Status);
        summary.TotalAmount += (counts ? after.TotalAmount : 0) - (counted ? before!.TotalAmount : 0);
        summary.TotalCount += (counts ? 1 : 0) - (counted ? 1 : 0);
        summary.AverageAmount = summary.TotalCount > 0 ? summary.TotalAmount / summary.TotalCount : 0;
        if (counts && !(summary.LastOrderDate > after.CreatedAt))
        {
            summary.LastOrderAmount = after.TotalAmount;
            summary.LastOrderDate = after.CreatedAt;
        }
    }

    public static OrderWrite Write(OrderChange change, long customer, string customerId) => new(
        change.Number, change.OrderId, change.After.SourceId, customer, customerId, change.Version, change.After.Status, change.After.TotalAmount,
        change.After.CreatedAt, change.After.UpdatedAt, change.Document.Utf8.ToArray());

    /// <summary>The order object after a command, or what is wrong with it.</summary>
    public static (JsonObject? Order, string? Field, string? Problem) Apply(JsonObject? present, string orderId, OrderCommand command, DateTimeOffset now)
    {
        var order = present?.DeepClone().AsObject() ?? new JsonObject
        {
            ["id"] = orderId,
            ["source_id"] = command.SourceId,
            ["created_at"] = WireJson.Text(command.CreatedAt ?? now),
            ["updated_at"] = null,
            ["status"] = "CREATED",
            ["metadata"] = new JsonObject(),
            ["object"] = "order",
            ["customer_id"] = command.CustomerId,
            ["referrer_id"] = command.ReferrerId,
        };

        if (present is not null)
        {
            order["updated_at"] = WireJson.Text(now);
            if (command.CustomerId is not null && order["customer_id"]?.GetValue<string>() is { } owner && owner != command.CustomerId)
            {
                return (null, "customer", "The customer of an order cannot be changed");
            }

            order["customer_id"] ??= command.CustomerId;
            order["source_id"] ??= command.SourceId;
        }

        if (command.Status is not null)
        {
            order["status"] = command.Status;
        }

        if (command.Metadata is not null)
        {
            var merged = CustomerProfile.Merge(new RawJson(JsonSerializer.SerializeToUtf8Bytes(order["metadata"] ?? new JsonObject())), command.Metadata);
            order["metadata"] = JsonNode.Parse(merged.Utf8.Span);
        }

        if (command.Items is not null)
        {
            order["items"] = Items(command.Items);
        }

        if (OrderAmounts.Compute(order, command) is { } problem)
        {
            return (null, problem.Field, problem.Message);
        }

        foreach (var person in (ReadOnlySpan<string>)["customer", "referrer"])
        {
            if (order[person + "_id"]?.GetValue<string>() is { } personId)
            {
                order[person] = new JsonObject { ["id"] = personId, ["object"] = "customer" };
            }
        }

        return (order, null, null);
    }

    private static bool Counts(string status) => status is "PAID" or "FULFILLED";

    private static JsonArray Items(RawJson given)
    {
        var items = JsonNode.Parse(given.Utf8.Span)!.AsArray();
        foreach (var item in items)
        {
            item!["object"] = "order_item";
        }

        return items;
    }
}
