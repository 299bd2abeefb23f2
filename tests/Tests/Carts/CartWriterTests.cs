using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Marketing.Carts;

public sealed class CartWriterTests
{
    private const string Order = """
        {"id":"ord_1","own":{"of":["the","shop"]},"amount":3000,"total_amount":17,"items":[{"source_id":"mug","related_object":"product","quantity":"2","price":1000,"product":{"name":"Größe \"M\""},"note":null},{"product_id":"prod_2","amount":1000,"applied_discount_amount":9}],"customer_id":null}
        """;

    [Fact]
    public void What_is_not_calculated_is_as_it_came() => Assert.Equal(
        """
        {"id":"ord_1","own":{"of":["the","shop"]},"items":[{"source_id":"mug","related_object":"product","product":{"name":"Größe \"M\""},"note":null,"object":"order_item","quantity":2,"initial_quantity":2,"amount":2000,"initial_amount":2000,"price":1000,"subtotal_amount":2000},{"product_id":"prod_2","object":"order_item","quantity":1,"initial_quantity":1,"amount":1000,"initial_amount":1000,"price":1000,"subtotal_amount":1000}],"customer_id":null,"amount":3000,"initial_amount":3000,"discount_amount":0,"items_discount_amount":0,"total_discount_amount":0,"applied_discount_amount":0,"items_applied_discount_amount":0,"total_applied_discount_amount":0,"total_amount":3000}
        """,
        CartWriter.Write(JsonElement.Parse(Order), CartReaderTests.Read(Order)).ToString());

    [Fact]
    public void What_was_calculated_stands_in_its_place()
    {
        var cart = CartReaderTests.Read(Order);
        var line = cart.Lines[0] with { DiscountAmount = 300, AppliedDiscountAmount = 200, DiscountQuantity = 1, AppliedDiscountQuantity = 1 };
        var written = Written(cart with { DiscountAmount = 500, AppliedDiscountAmount = 100, Lines = cart.Lines.SetItem(0, line) });
        Assert.Equal(
            """{"discount_amount":500,"items_discount_amount":300,"total_discount_amount":800,"applied_discount_amount":100,"items_applied_discount_amount":200,"total_applied_discount_amount":300,"total_amount":2200}""",
            Only(written, "discount_amount", "items_discount_amount", "total_discount_amount", "applied_discount_amount", "items_applied_discount_amount", "total_applied_discount_amount", "total_amount"));
        Assert.Equal(
            """{"discount_quantity":1,"applied_discount_quantity":1,"discount_amount":300,"applied_discount_amount":200,"subtotal_amount":1700}""",
            Only(written["items"]![0]!, "discount_quantity", "applied_discount_quantity", "discount_amount", "applied_discount_amount", "subtotal_amount"));
        Assert.Null(written["items"]![1]!["applied_discount_amount"]);
    }

    [Fact]
    public void A_line_that_a_discount_added_comes_last_with_how_it_was_added()
    {
        var cart = CartReaderTests.Read(Order);
        var added = new CartLine
        {
            ProductId = "prod_3",
            ProductName = "Cup",
            SkuId = "sku_3",
            SkuSourceId = "cup-s",
            SkuName = "Cup, small",
            Price = 500,
            Quantity = 2,
            InitialQuantity = 0,
            DiscountQuantity = 2,
            AppliedDiscountQuantity = 2,
            AppliedQuantity = 2,
            AppliedQuantityAmount = 1_000,
            Amount = 1_000,
            InitialAmount = 0,
            DiscountAmount = 1_000,
            AppliedDiscountAmount = 1_000,
        };
        var written = Written(cart with { Amount = 4_000, Lines = cart.Lines.Add(added) });
        Assert.Equal(
            """
            {"object":"order_item","product_id":"prod_3","sku_id":"sku_3","product":{"id":"prod_3","name":"Cup"},"sku":{"id":"sku_3","source_id":"cup-s","sku":"Cup, small","price":500},"quantity":2,"initial_quantity":0,"discount_quantity":2,"applied_discount_quantity":2,"applied_quantity":2,"applied_quantity_amount":1000,"amount":1000,"initial_amount":0,"discount_amount":1000,"applied_discount_amount":1000,"price":500,"subtotal_amount":0,"application_details":[{"target_index":2,"target_applied_quantity":2,"target_applied_quantity_amount":1000,"target_applied_discount_amount":1000}]}
            """,
            written["items"]![2]!.ToJsonString());
        Assert.Equal((4_000, 3_000, 3_000), ((long)written["amount"]!, (long)written["initial_amount"]!, (long)written["total_amount"]!));
    }

    [Fact]
    public void An_order_without_items_has_some_when_they_were_added()
    {
        var written = JsonNode.Parse(CartWriter.Write(JsonElement.Parse("""{"amount":100}"""), new Cart { Amount = 100, Lines = [new CartLine { SourceId = "cup", SkuSourceId = "cup", AppliedQuantity = 1 }] }).Utf8.Span)!;
        Assert.Equal("sku", (string)written["items"]![0]!["related_object"]!);
        Assert.Null(JsonNode.Parse(CartWriter.Write(JsonElement.Parse("{}"), Cart.Empty).Utf8.Span)!["items"]);
    }

    [Fact]
    public void What_is_written_is_read_as_the_same_cart()
    {
        var cart = CartReaderTests.Read(Order);
        cart = cart with { DiscountAmount = 100, Lines = cart.Lines.SetItem(1, cart.Lines[1] with { DiscountAmount = 10, Quantity = 3, Amount = 3_000, DiscountQuantity = 2 }) };
        var again = CartReaderTests.Read(CartWriter.Write(JsonElement.Parse(Order), cart).ToString());
        Assert.Equal((cart.Amount, cart.InitialAmount, cart.TotalAmount, cart.TotalDiscountAmount), (again.Amount, again.InitialAmount, again.TotalAmount, again.TotalDiscountAmount));
        Assert.Equal(cart.Lines.Select(line => (line.Quantity, line.InitialQuantity, line.Amount, line.InitialAmount, line.DiscountAmount, line.DiscountQuantity)), again.Lines.Select(line => (line.Quantity, line.InitialQuantity, line.Amount, line.InitialAmount, line.DiscountAmount, line.DiscountQuantity)));
    }

    private static JsonNode Written(Cart cart) => JsonNode.Parse(CartWriter.Write(JsonElement.Parse(Order), cart).Utf8.Span)!;

    private static string Only(JsonNode of, params string[] names) => new JsonObject(names.Select(name => KeyValuePair.Create(name, of[name]?.DeepClone()))).ToJsonString();
}
