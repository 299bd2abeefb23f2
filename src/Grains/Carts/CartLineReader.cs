using System.Text.Json;

namespace Marketing.Carts;

/// <summary>Makes a line of an order item.</summary>
internal static class CartLineReader
{
    public static CartLine Read(JsonElement item, ref CartNumbers numbers)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            numbers.Refuse("", "must be an object");
            return new CartLine();
        }

        var (product, sku) = (Child(item, "product"), Child(item, "sku"));
        var quantity = numbers.Whole(item, "quantity", CartLimits.Quantity) ?? 1;
        var sent = numbers.Whole(item, "amount", CartLimits.Amount);
        var price = numbers.Whole(item, "price", CartLimits.Amount) ?? Price(sku) ?? Price(product) ?? (sent is { } given && quantity > 0 ? given / quantity : 0);
        var amount = sent ?? Times(price, quantity, ref numbers);
        var discount = numbers.Whole(item, "discount_amount", CartLimits.Amount) ?? 0;
        if (discount > amount)
        {
            numbers.Refuse("discount_amount", "must NOT be more than the amount");
        }

        var discountQuantity = numbers.Whole(item, "discount_quantity", CartLimits.Quantity) ?? 0;
        if (discountQuantity > quantity)
        {
            numbers.Refuse("discount_quantity", "must NOT be more than the quantity");
        }

        // What the shop's id is the id of; where the item does not say, of the product.
        var source = Text(item, "source_id");
        var isOfSku = Text(item, "related_object") == "sku";
        return new CartLine
        {
            Id = Text(item, "id"),
            SourceId = source,
            ProductId = Text(item, "product_id") ?? Text(product, "id"),
            ProductSourceId = Text(product, "source_id") ?? (isOfSku ? null : source),
            ProductName = Text(product, "name"),
            SkuId = Text(item, "sku_id") ?? Text(sku, "id"),
            SkuSourceId = Text(sku, "source_id") ?? (isOfSku ? source : null),
            SkuName = Text(sku, "sku"),
            Quantity = quantity,
            InitialQuantity = numbers.Whole(item, "initial_quantity", CartLimits.Quantity) ?? quantity,
            DiscountQuantity = discountQuantity,
            Price = price,
            Amount = amount,
            InitialAmount = numbers.Whole(item, "initial_amount", CartLimits.Amount) ?? amount,
            DiscountAmount = discount,
            Metadata = Child(item, "metadata"),
            ProductMetadata = Child(product, "metadata"),
            SkuMetadata = Child(sku, "metadata"),
        };
    }

    /// <summary>An object below another; undefined where there is none.</summary>
    public static JsonElement Child(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : default;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    // A price in the catalogue that is none is no fault of the order.
    private static long? Price(JsonElement of)
    {
        var numbers = new CartNumbers("");
        return of.ValueKind == JsonValueKind.Object ? numbers.Whole(of, "price", CartLimits.Amount) : null;
    }

    private static long Times(long price, long quantity, ref CartNumbers numbers)
    {
        var amount = (Int128)price * quantity;
        if (amount <= CartLimits.Amount)
        {
            return (long)amount;
        }

        numbers.Refuse("quantity", $"must NOT make the amount more than {CartLimits.Amount}");
        return 0;
    }
}
