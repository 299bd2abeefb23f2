using System.Collections.Immutable;
using System.Text.Json;

namespace Marketing.Carts;

/// <summary>Makes a cart of an order as it is sent or stored. Amounts that are there are kept, even where they are not the sum of what they are made of.</summary>
internal static class CartReader
{
    /// <summary>The cart, or what is wrong with the order: the first thing, by its path.</summary>
    /// <param name="order">An order on the wire, which lives as long as the cart does: metadata stays where it is. What is known of a product or SKU but not in the order, its price above all, has to be put into it before.</param>
    public static (Cart? Cart, FieldProblem? Problem) Read(JsonElement order)
    {
        if (order.ValueKind != JsonValueKind.Object)
        {
            return (null, new FieldProblem("order", "must be an object"));
        }

        var reading = new CartNumbers("");
        var lines = Lines(order, ref reading);
        var sum = lines.Sum(static line => line.Amount);
        if (sum > CartLimits.Amount)
        {
            return (null, reading.Problem ?? new FieldProblem("items", $"must NOT add up to more than {CartLimits.Amount}"));
        }

        var amount = reading.Whole(order, "amount", CartLimits.Amount) ?? sum;
        var cart = new Cart
        {
            Amount = amount,
            InitialAmount = reading.Whole(order, "initial_amount", CartLimits.Amount) ?? amount,
            DiscountAmount = reading.Whole(order, "discount_amount", CartLimits.Amount) ?? 0,
            Lines = lines,
            Metadata = CartLineReader.Child(order, "metadata"),
        };
        return reading.Problem is { } problem ? (null, problem) : (cart, null);
    }

    private static ImmutableArray<CartLine> Lines(JsonElement order, ref CartNumbers reading)
    {
        if (!order.TryGetProperty("items", out var items) || items.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (items.ValueKind != JsonValueKind.Array)
        {
            reading.Refuse("items", "must be an array");
            return [];
        }

        if (items.GetArrayLength() > CartLimits.Lines)
        {
            reading.Refuse("items", $"must NOT have more than {CartLimits.Lines} items");
            return [];
        }

        var lines = ImmutableArray.CreateBuilder<CartLine>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            var numbers = new CartNumbers($"items[{lines.Count}]");
            lines.Add(CartLineReader.Read(item, ref numbers));
            if (numbers.Problem is { } problem)
            {
                reading.Refuse(problem);
                return [];
            }
        }

        return lines.MoveToImmutable();
    }
}
