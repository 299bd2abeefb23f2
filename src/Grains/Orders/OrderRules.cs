using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;

namespace Marketing.Orders;

/// <summary>How an order changes and what it means for its customer. Pure.</summary>
internal static class OrderRules
{
    public static readonly string[] Statuses = ["CREATED", "PAID", "CANCELED", "FULFILLED"];

    /// <summary>What is remembered of a stored order. Of one of an earlier version it is told from the order: what its status says was said, and an amount that is not the sum was given.</summary>
    public static OrderMarks MarksOf(OrderRow row)
    {
        if (row.Marks is { } marks)
        {
            return marks;
        }

        var order = JsonNode.Parse(row.Document)!.AsObject();
        var sum = (order["items"] as JsonArray)?.Sum(static item => item!["amount"]?.GetValue<long>() ?? 0) ?? 0;
        var given = (order["amount"]?.GetValue<long>() ?? 0) == sum ? OrderMarks.None : OrderMarks.AmountGiven;
        return given | row.Status switch
        {
            "PAID" => OrderMarks.Paid,
            "FULFILLED" => OrderMarks.Paid | OrderMarks.Fulfilled,
            "CANCELED" => OrderMarks.Canceled,
            _ => OrderMarks.None,
        };
    }

    /// <summary>The events of a change to a status, and what is remembered afterwards.</summary>
    /// <param name="isNew">Whether the order is made by it.</param>
    /// <param name="after">The status it is changed to.</param>
    /// <param name="marks">What was remembered before.</param>
    public static (IReadOnlyList<string> Events, OrderMarks Marks) Step(bool isNew, string after, OrderMarks marks)
    {
        var events = new List<string> { isNew ? TriggerCatalogue.OrderCreated : TriggerCatalogue.OrderUpdated };
        var (step, type) = after switch
        {
            "PAID" => (OrderMarks.Paid, TriggerCatalogue.OrderPaid),
            "CANCELED" => (OrderMarks.Canceled, TriggerCatalogue.OrderCanceled),
            "FULFILLED" => (OrderMarks.Fulfilled, "customer.order.fulfilled"),
            _ => (OrderMarks.None, ""),
        };

        // Shops send what happened late, twice and in any order; the customer who is told of it is a person.
        if (!marks.HasFlag(step))
        {
            events.Add(type);
            marks = step == OrderMarks.Canceled ? (marks & OrderMarks.AmountGiven) | step : (marks & ~OrderMarks.Canceled) | step;
        }

        return (events, marks);
    }

    /// <summary>Whether a stored order is what a change would make of it, the time of the change apart.</summary>
    public static bool IsSame(byte[] stored, JsonObject order)
    {
        var (one, other) = (JsonNode.Parse(stored)!.AsObject(), JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(order))!.AsObject());
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

    /// <summary>The row after a change, to be written where it is still at the version the change was made of.</summary>
    public static OrderRow RowOf(OrderChange change, long? customer, string? customerId) => new(
        change.Number, change.OrderId, change.Version, change.After.SourceId, customer, customerId, change.After.Status, change.After.TotalAmount,
        change.After.CreatedAt, change.After.UpdatedAt, change.Document.Utf8.ToArray(), change.Marks);

    /// <summary>The order object after a command, or what is wrong with it.</summary>
    public static (JsonObject? Order, string? Field, string? Problem) Apply(
        JsonObject? present, string orderId, OrderCommand command, OrderMarks marks, DateTimeOffset now)
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
            var merged = JsonObjects.Merge(new RawJson(JsonSerializer.SerializeToUtf8Bytes(order["metadata"] ?? new JsonObject())), command.Metadata);
            order["metadata"] = JsonNode.Parse(merged.Utf8.Span);
        }

        if (command.Items is not null)
        {
            order["items"] = Items(command.Items);
        }

        if (OrderAmounts.Compute(order, command, marks.HasFlag(OrderMarks.AmountGiven)) is { } problem)
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
