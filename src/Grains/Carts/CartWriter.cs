using System.Buffers;
using System.Text.Json;

namespace Marketing.Carts;

/// <summary>Writes a cart as the order that was calculated: the order it was made of with the amounts it has now. Every other field is written as it came, where it came.</summary>
internal static class CartWriter
{
    /// <summary>The calculated order.</summary>
    /// <param name="order">What the cart was read from.</param>
    /// <param name="cart">Its lines are those of the order, and after them what discounts added.</param>
    public static RawJson Write(JsonElement order, Cart cart)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder, SkipValidation = true }))
        {
            Write(json, order, cart);
        }

        return new RawJson(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Writes the calculated order.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement order, Cart cart)
    {
        var hasItems = order.TryGetProperty("items", out _);
        json.WriteStartObject();
        foreach (var field in order.EnumerateObject())
        {
            if (field.NameEquals("items"))
            {
                Items(json, field.Value, cart);
            }
            else if (!IsCalculated(field.Name))
            {
                field.WriteTo(json);
            }
        }

        json.WriteNumber("amount", cart.Amount);
        json.WriteNumber("initial_amount", cart.InitialAmount);
        json.WriteNumber("discount_amount", cart.DiscountAmount);
        json.WriteNumber("items_discount_amount", cart.ItemsDiscountAmount);
        json.WriteNumber("total_discount_amount", cart.TotalDiscountAmount);
        json.WriteNumber("applied_discount_amount", cart.AppliedDiscountAmount);
        json.WriteNumber("items_applied_discount_amount", cart.ItemsAppliedDiscountAmount);
        json.WriteNumber("total_applied_discount_amount", cart.AppliedDiscountAmount + cart.ItemsAppliedDiscountAmount);
        json.WriteNumber("total_amount", cart.TotalAmount);
        if (!hasItems && !cart.Lines.IsEmpty)
        {
            Items(json, default, cart);
        }

        json.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter json, JsonElement items, Cart cart)
    {
        json.WriteStartArray("items");
        var at = 0;
        if (items.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in items.EnumerateArray())
            {
                CartLineWriter.Write(json, item, cart.Lines[at], at);
                at++;
            }
        }

        for (; at < cart.Lines.Length; at++)
        {
            CartLineWriter.Write(json, default, cart.Lines[at], at);
        }

        json.WriteEndArray();
    }

    private static bool IsCalculated(string name) => name is "amount" or "initial_amount" or "discount_amount" or "items_discount_amount" or "total_discount_amount"
        or "applied_discount_amount" or "items_applied_discount_amount" or "total_applied_discount_amount" or "total_amount";
}
