using System.Text.Json;
using Xunit;

namespace Marketing.Carts;

public sealed class CartReaderTests
{
    [Fact]
    public void An_order_is_read_with_everything_that_is_said_of_its_lines()
    {
        var cart = Read("""
            {"amount":6000,"initial_amount":5000,"discount_amount":100,"metadata":{"lang":"en"},"items":[
              {"id":"ordli_1","product_id":"prod_1","sku_id":"sku_1","source_id":"mug-red","related_object":"sku","quantity":"2","price":1000,"amount":1900,"discount_amount":50,"discount_quantity":1,
               "initial_quantity":1,"initial_amount":900,"product":{"source_id":"mug","name":"Mug","metadata":{"brand":"A"}},"sku":{"sku":"Mug, red","metadata":{"color":"red"}},"metadata":{"gift":true}}]}
            """);
        Assert.Equal((6_000, 5_000, 100), (cart.Amount, cart.InitialAmount, cart.DiscountAmount));
        Assert.Equal("en", cart.Metadata.GetProperty("lang").GetString());
        var line = Assert.Single(cart.Lines);
        Assert.Equal(("ordli_1", "prod_1", "mug", "Mug", "sku_1", "mug-red", "Mug, red", "mug-red"), (line.Id, line.ProductId, line.ProductSourceId, line.ProductName, line.SkuId, line.SkuSourceId, line.SkuName, line.SourceId));
        Assert.Equal((2, 1, 1, 1_000, 1_900, 900, 50, 1_850), (line.Quantity, line.InitialQuantity, line.DiscountQuantity, line.Price, line.Amount, line.InitialAmount, line.DiscountAmount, line.SubtotalAmount));
        Assert.Equal(("A", "red", true), (line.ProductMetadata.GetProperty("brand").GetString(), line.SkuMetadata.GetProperty("color").GetString(), line.Metadata.GetProperty("gift").GetBoolean()));
    }

    [Theory]
    [InlineData("""{"items":[{"price":300,"quantity":2},{"amount":500}]}""", 1_100)]
    [InlineData("""{"amount":6000,"items":[{"amount":3300},{"amount":3400}]}""", 6_000)]
    [InlineData("""{"amount":6000}""", 6_000)]
    [InlineData("""{"amount":null,"items":null}""", 0)]
    [InlineData("""{"items":[{"product":{"price":300},"quantity":3}]}""", 900)]
    [InlineData("""{"items":[{"product":{"price":300},"sku":{"price":200},"quantity":3}]}""", 600)]
    [InlineData("""{"items":[{"price":100,"product":{"price":300},"sku":{"price":200}}]}""", 100)]
    [InlineData("""{"items":[{"product":{"price":"free"}}]}""", 0)]
    public void An_amount_is_kept_if_it_is_there_and_else_added_up(string order, long amount) => Assert.Equal((amount, amount), (Read(order).Amount, Read(order).InitialAmount));

    [Theory]
    [InlineData("""{"source_id":"a"}""", null, "a", null)]
    [InlineData("""{"source_id":"a","related_object":"product"}""", null, "a", null)]
    [InlineData("""{"source_id":"a","related_object":"sku"}""", null, null, "a")]
    [InlineData("""{"product":{"id":"prod_1"}}""", "prod_1", null, null)]
    [InlineData("""{"product_id":"prod_1","product":{"id":"prod_2","source_id":"b"},"source_id":"a"}""", "prod_1", "b", null)]
    public void A_line_is_of_what_its_ids_say(string item, string? product, string? productSource, string? skuSource)
    {
        var line = Read($$"""{"items":[{{item}}]}""").Lines[0];
        Assert.Equal((product, productSource, skuSource), (line.ProductId, line.ProductSourceId, line.SkuSourceId));
    }

    [Fact]
    public void A_price_that_was_not_sent_is_told_from_the_amount() => Assert.Equal(333, Read("""{"items":[{"amount":1000,"quantity":3}]}""").Lines[0].Price);

    [Theory]
    [InlineData("[]", "order", "must be an object")]
    [InlineData("""{"amount":-1}""", "amount", "must be >= 0")]
    [InlineData("""{"amount":1.5}""", "amount", "must be a whole number")]
    [InlineData("""{"amount":"many"}""", "amount", "must be a whole number")]
    [InlineData("""{"amount":1000000000000001}""", "amount", "must be <= 1000000000000000")]
    [InlineData("""{"amount":1e400}""", "amount", "must be a whole number")]
    [InlineData("""{"items":{}}""", "items", "must be an array")]
    [InlineData("""{"items":[1]}""", "items[0]", "must be an object")]
    [InlineData("""{"items":[{"amount":1},{"quantity":-1}]}""", "items[1].quantity", "must be >= 0")]
    [InlineData("""{"items":[{"quantity":1000000000,"price":1000001}]}""", "items[0].quantity", "must NOT make the amount more than 1000000000000000")]
    [InlineData("""{"items":[{"quantity":9223372036854775807,"price":9223372036854775807}]}""", "items[0].quantity", "must be <= 1000000000")]
    [InlineData("""{"items":[{"amount":600000000000000},{"amount":600000000000000}]}""", "items", "must NOT add up to more than 1000000000000000")]
    [InlineData("""{"items":[{"amount":5,"discount_amount":6}]}""", "items[0].discount_amount", "must NOT be more than the amount")]
    [InlineData("""{"items":[{"quantity":1,"discount_quantity":2}]}""", "items[0].discount_quantity", "must NOT be more than the quantity")]
    public void What_cannot_be_read_is_told_by_its_path(string order, string field, string message)
    {
        var (cart, problem) = CartReader.Read(JsonElement.Parse(order));
        Assert.Null(cart);
        Assert.Equal(new FieldProblem(field, message), problem);
    }

    [Fact]
    public void An_order_has_at_most_500_lines()
    {
        Assert.Equal(500, Read($$"""{"items":[{{string.Join(',', Enumerable.Repeat("{}", 500))}}]}""").Lines.Length);
        var (_, problem) = CartReader.Read(JsonElement.Parse($$"""{"items":[{{string.Join(',', Enumerable.Repeat("{}", 501))}}]}"""));
        Assert.Equal("items", problem!.Field);
    }

    internal static Cart Read(string order)
    {
        var (cart, problem) = CartReader.Read(JsonElement.Parse(order));
        Assert.Null(problem);
        return cart!;
    }
}
