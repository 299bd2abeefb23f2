using Marketing.Customers;
using Marketing.Http;

namespace Marketing.Orders;

/// <summary>An order out of a body.</summary>
/// <param name="Id">The order id, which wins over the source id.</param>
/// <param name="Command">What it says of the order, still without the people.</param>
/// <param name="Customer">Who placed it.</param>
/// <param name="Referrer">Who referred it.</param>
internal sealed record OrderRequest(string? Id, OrderCommand Command, CustomerReference? Customer, CustomerReference? Referrer);

/// <summary>Reads orders.</summary>
internal static class OrderReader
{
    private const int MaxItems = 500;
    private const int MaxQuantity = 1_000_000;

    // An item of this much, five hundred times, still fits into the sums.
    private const long MaxItemAmount = 1_000_000_000_000;

    public static OrderRequest Read(Payload body)
    {
        var customer = body.Object("customer") is { } given ? CustomerReader.Read(given) : null;
        var referrer = body.Object("referrer") is { } referring ? CustomerReader.Read(referring) : null;
        var command = new OrderCommand
        {
            SourceId = body.Identifier("source_id"),
            Status = body.OneOf("status", "CREATED", "PAID", "CANCELED", "FULFILLED"),
            Amount = body.Integer("amount"),
            InitialAmount = body.Integer("initial_amount"),
            DiscountAmount = body.Integer("discount_amount"),
            Items = ReadItems(body),
            Metadata = body.RawObject("metadata"),
            CreatedAt = body.Instant("created_at"),
            Customer = customer?.Patch ?? CustomerPatch.Nothing,
            ReferrerId = body.Identifier("referrer_id") ?? referrer?.Id,
        };
        return new OrderRequest(body.Identifier("id"), command, customer, referrer);
    }

    private static RawJson? ReadItems(Payload body)
    {
        if (body.List("items", MaxItems) is not { } items)
        {
            return null;
        }

        foreach (var item in items)
        {
            CheckItem(item.AsObject());
        }

        return body.Any("items")!.Value.Raw(BodyLimit.Default.Bytes);
    }

    private static void CheckItem(Payload item)
    {
        foreach (var name in (ReadOnlySpan<string>)["sku_id", "product_id", "source_id"])
        {
            item.Line(name, TextLimits.Id);
        }

        item.OneOf("related_object", "product", "sku");
        var quantity = item.Integer("quantity", 0, MaxQuantity);
        item.Integer("initial_quantity", 1, MaxQuantity);
        item.Integer("discount_quantity", 0, MaxQuantity);
        item.Integer("discount_amount", 0, MaxItemAmount);
        item.Integer("initial_amount", 0, MaxItemAmount);
        var price = item.Integer("price", 0, MaxItemAmount);
        if (item.Integer("amount", 0, MaxItemAmount) is null && price * (quantity ?? 1) > MaxItemAmount)
        {
            throw item.Refuse(".price", $"times quantity must be <= {MaxItemAmount}");
        }

        item.RawObject("metadata");
        foreach (var name in (ReadOnlySpan<string>)["product", "sku"])
        {
            if (item.Object(name) is { } described)
            {
                described.Line("id", TextLimits.Id);
                described.Line("source_id", TextLimits.Id);
                described.Text(name == "sku" ? "sku" : "name", TextLimits.Name);
                described.Flag("override");
                described.RawObject("metadata");
            }
        }
    }
}
