using System.Text.Json;

namespace Marketing.Carts;

/// <summary>Writes a line as a calculated order item. Zeros that say that nothing happened are left out, as the product does.</summary>
internal static class CartLineWriter
{
    /// <param name="json">Where to.</param>
    /// <param name="item">What the line was read from; undefined for one that a discount added.</param>
    /// <param name="line">The line.</param>
    /// <param name="index">Its place among the items, from 0.</param>
    public static void Write(Utf8JsonWriter json, JsonElement item, CartLine line, int index)
    {
        json.WriteStartObject();
        if (item.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in item.EnumerateObject())
            {
                if (!IsCalculated(field.Name))
                {
                    field.WriteTo(json);
                }
            }

            if (!item.TryGetProperty("object", out _))
            {
                json.WriteString("object", "order_item");
            }
        }
        else
        {
            Identity(json, line);
        }

        Numbers(json, line);
        if (line.AppliedQuantity != 0)
        {
            Details(json, line, index);
        }

        json.WriteEndObject();
    }

    private static void Identity(Utf8JsonWriter json, CartLine line)
    {
        json.WriteString("object", "order_item");
        Text(json, "product_id", line.ProductId);
        Text(json, "sku_id", line.SkuId);
        if (line.SourceId is not null)
        {
            json.WriteString("source_id", line.SourceId);
            json.WriteString("related_object", line.SkuSourceId == line.SourceId ? "sku" : "product");
        }

        if ((line.ProductId ?? line.ProductSourceId) is not null)
        {
            json.WriteStartObject("product");
            Text(json, "id", line.ProductId);
            Text(json, "source_id", line.ProductSourceId);
            Text(json, "name", line.ProductName);
            json.WriteEndObject();
        }

        if ((line.SkuId ?? line.SkuSourceId) is not null)
        {
            json.WriteStartObject("sku");
            Text(json, "id", line.SkuId);
            Text(json, "source_id", line.SkuSourceId);
            Text(json, "sku", line.SkuName);
            json.WriteNumber("price", line.Price);
            json.WriteEndObject();
        }
    }

    private static void Numbers(Utf8JsonWriter json, CartLine line)
    {
        json.WriteNumber("quantity", line.Quantity);
        json.WriteNumber("initial_quantity", line.InitialQuantity);
        Changed(json, "discount_quantity", line.DiscountQuantity);
        Changed(json, "applied_discount_quantity", line.AppliedDiscountQuantity);
        Changed(json, "applied_quantity", line.AppliedQuantity);
        Changed(json, "applied_quantity_amount", line.AppliedQuantityAmount);
        json.WriteNumber("amount", line.Amount);
        json.WriteNumber("initial_amount", line.InitialAmount);
        Changed(json, "discount_amount", line.DiscountAmount);
        Changed(json, "applied_discount_amount", line.AppliedDiscountAmount);
        json.WriteNumber("price", line.Price);
        json.WriteNumber("subtotal_amount", line.SubtotalAmount);
    }

    // Nothing is replaced, so there is no source.
    private static void Details(Utf8JsonWriter json, CartLine line, int index)
    {
        json.WriteStartArray("application_details");
        json.WriteStartObject();
        json.WriteNumber("target_index", index);
        json.WriteNumber("target_applied_quantity", line.AppliedQuantity);
        json.WriteNumber("target_applied_quantity_amount", line.AppliedQuantityAmount);
        json.WriteNumber("target_applied_discount_amount", line.AppliedDiscountAmount);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Changed(Utf8JsonWriter json, string name, long number)
    {
        if (number != 0)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static bool IsCalculated(string name) => name is "quantity" or "initial_quantity" or "discount_quantity" or "applied_discount_quantity" or "applied_quantity"
        or "applied_quantity_amount" or "amount" or "initial_amount" or "discount_amount" or "applied_discount_amount" or "price" or "subtotal_amount" or "application_details";
}
