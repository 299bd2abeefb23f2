using System.Text;
using System.Text.Json;
using Marketing.Carts;
using Xunit;

namespace Marketing.Discounts;

public sealed class DiscountJsonTests
{
    [Theory]
    [InlineData("""{"type":"AMOUNT","effect":"APPLY_TO_ORDER","amount_off":1000}""")]
    [InlineData("""{"type":"AMOUNT","effect":"APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY","amount_off":1000,"amount_off_formula":"IF(ORDER_AMOUNT > 1;2;3)","aggregated_amount_limit":500}""")]
    [InlineData("""{"type":"AMOUNT","effect":"APPLY_TO_ITEMS_BY_QUANTITY","amount_off":0}""")]
    [InlineData("""{"type":"PERCENT","effect":"APPLY_TO_ITEMS","percent_off":12.5,"amount_limit":600,"aggregated_amount_limit":700}""")]
    [InlineData("""{"type":"PERCENT","effect":"APPLY_TO_ORDER","percent_off":33.333333333333336,"percent_off_formula":"12"}""")]
    [InlineData("""{"type":"FIXED","effect":"APPLY_TO_ORDER","fixed_amount":200,"fixed_amount_formula":"ORDER_AMOUNT / 2"}""")]
    [InlineData("""{"type":"FIXED","effect":"APPLY_TO_ITEMS"}""")]
    [InlineData("""{"type":"UNIT","effect":"ADD_NEW_ITEMS","unit_off":3,"unit_off_formula":"1 + 1","unit_type":"sku_1"}""")]
    [InlineData("""{"type":"UNIT","effect":"ADD_MISSING_ITEMS","unit_off":1,"unit_type":"prod_5h1pp1ng"}""")]
    [InlineData("""{"type":"UNIT","effect":"ADD_MANY_ITEMS","units":[{"effect":"ADD_NEW_ITEMS","unit_off":3,"unit_type":"a"}]}""")]
    [InlineData("""{"type":"UNIT","effect":"ADD_MANY_ITEMS","units":[{"effect":"ADD_NEW_ITEMS","unit_off":3,"unit_type":"a"},{"effect":"ADD_MISSING_ITEMS","unit_off":1,"unit_off_formula":"2","unit_type":"b"}]}""")]
    public void A_discount_is_written_as_it_was_read(string json) => Assert.Equal(json, Write(Read(json)));

    [Theory]
    [InlineData("""{"type":"AMOUNT","amount_off":10.0,"own":1}""", """{"type":"AMOUNT","effect":"APPLY_TO_ORDER","amount_off":10}""")]
    [InlineData("""{"type":"PERCENT","percent_off":10,"amount_limit":"600","effect":null}""", """{"type":"PERCENT","effect":"APPLY_TO_ORDER","percent_off":10,"amount_limit":600}""")]
    [InlineData("""{"type":"UNIT","unit_type":"a","units":null}""", """{"type":"UNIT","effect":"ADD_MISSING_ITEMS","unit_off":1,"unit_type":"a"}""")]
    public void What_is_not_said_has_its_default(string json, string written) => Assert.Equal(written, Write(Read(json)));

    [Theory]
    [InlineData("1", "discount", "must be an object")]
    [InlineData("{}", "discount.type", "is required")]
    [InlineData("""{"type":"HALF"}""", "discount.type", "must be one of: AMOUNT, PERCENT, FIXED, UNIT")]
    [InlineData("""{"type":1}""", "discount.type", "must be one of: AMOUNT, PERCENT, FIXED, UNIT")]
    [InlineData("""{"type":"AMOUNT"}""", "discount.amount_off", "is required")]
    [InlineData("""{"type":"AMOUNT","amount_off":-1}""", "discount.amount_off", "must be a whole number from 0 to 1000000000000000")]
    [InlineData("""{"type":"AMOUNT","amount_off":1.5}""", "discount.amount_off", "must be a whole number from 0 to 1000000000000000")]
    [InlineData("""{"type":"AMOUNT","amount_off":1,"effect":"ADD_NEW_ITEMS"}""", "discount.effect", "must be one of: APPLY_TO_ORDER, APPLY_TO_ITEMS, APPLY_TO_ITEMS_PROPORTIONALLY, APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY, APPLY_TO_ITEMS_BY_QUANTITY")]
    [InlineData("""{"type":"AMOUNT","amount_off":1,"aggregated_amount_limit":"x"}""", "discount.aggregated_amount_limit", "must be a whole number from 0 to 1000000000000000")]
    [InlineData("""{"type":"AMOUNT","amount_off":1,"amount_off_formula":"1 +"}""", "discount.amount_off_formula", "a value is missing at character 4")]
    [InlineData("""{"type":"AMOUNT","amount_off":1,"amount_off_formula":7}""", "discount.amount_off_formula", "must be a text of 1 to 2000 characters")]
    [InlineData("""{"type":"PERCENT","percent_off":100.01}""", "discount.percent_off", "must be a number from 0 to 100")]
    [InlineData("""{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ITEMS_BY_QUANTITY"}""", "discount.effect", "must be one of: APPLY_TO_ORDER, APPLY_TO_ITEMS")]
    [InlineData("""{"type":"FIXED","effect":"APPLY_TO_ORDER"}""", "discount.fixed_amount", "is required")]
    [InlineData("""{"type":"FIXED","effect":"APPLY_TO_ITEMS","fixed_amount_formula":"1"}""", "discount.fixed_amount", "is required")]
    [InlineData("""{"type":"UNIT","unit_off":1}""", "discount.unit_type", "is required")]
    [InlineData("""{"type":"UNIT","unit_off":1,"unit_type":"a","effect":"ADD_SAME_ITEMS"}""", "discount.effect", "must be one of: ADD_MISSING_ITEMS, ADD_NEW_ITEMS, ADD_MANY_ITEMS")]
    [InlineData("""{"type":"UNIT","effect":"ADD_MANY_ITEMS","units":[]}""", "discount.units", "must be an array of 1 to 100 units")]
    [InlineData("""{"type":"UNIT","effect":"ADD_MANY_ITEMS","units":[{"unit_type":"a"}]}""", "discount.units[0].effect", "is required")]
    [InlineData("""{"type":"UNIT","effect":"ADD_MANY_ITEMS","units":[1]}""", "discount.units[0]", "must be an object")]
    public void What_cannot_be_read_is_told_by_its_path_and_what_would_do(string json, string field, string message)
    {
        var (discount, problems) = DiscountReader.Read(JsonElement.Parse(json), "discount");
        Assert.Null(discount);
        Assert.Equal([new FieldProblem(field, message)], problems);
    }

    [Fact]
    public void All_that_is_wrong_is_told() => Assert.Equal(
        ["discount.amount_off", "discount.effect", "discount.amount_off_formula"],
        DiscountReader.Read(JsonElement.Parse("""{"type":"AMOUNT","amount_off":-1,"effect":"x","amount_off_formula":"("}"""), "discount").Problems.Select(problem => problem.Field));

    [Fact]
    public void A_gift_card_pays_the_order_unless_it_says_otherwise()
    {
        Assert.Equal(PlainEffect.ApplyToOrder, DiscountReader.ReadGiftEffect(JsonElement.Parse("""{"amount":1,"effect":null}"""), "gift").Effect);
        Assert.Equal(PlainEffect.ApplyToItems, DiscountReader.ReadGiftEffect(JsonElement.Parse("""{"effect":"APPLY_TO_ITEMS"}"""), "gift").Effect);
        Assert.Equal("gift.effect", Assert.Single(DiscountReader.ReadGiftEffect(JsonElement.Parse("""{"effect":"x"}"""), "gift").Problems).Field);
    }

    [Fact]
    public void A_result_shows_what_its_formula_gave()
    {
        var discount = Read("""{"type":"PERCENT","percent_off":10,"percent_off_formula":"IF(ORDER_AMOUNT > 50;15;5)"}""");
        var applied = DiscountEngine.Apply(discount, Applicability.Everything, new Cart { Amount = 10_000 }, DiscountSettings.Default);
        Assert.Equal("""{"type":"PERCENT","effect":"APPLY_TO_ORDER","percent_off":15,"percent_off_formula":"IF(ORDER_AMOUNT > 50;15;5)","is_dynamic":true}""", Write(discount, null, applied));
        var without = Read("""{"type":"PERCENT","percent_off":10}""");
        Assert.Equal("""{"type":"PERCENT","effect":"APPLY_TO_ORDER","percent_off":10,"is_dynamic":false}""", Write(without, null, DiscountEngine.Apply(without, Applicability.Everything, Cart.Empty, DiscountSettings.Default)));
    }

    [Fact]
    public void A_formula_that_has_a_value_for_each_line_shows_that_there_is_one()
    {
        var discount = Read("""{"type":"AMOUNT","effect":"APPLY_TO_ITEMS","amount_off":1,"amount_off_formula":"ORDER_ITEM_PRICE / 2"}""");
        Assert.Equal(
            """{"type":"AMOUNT","effect":"APPLY_TO_ITEMS","amount_off":1,"amount_off_formula":"ORDER_ITEM_PRICE / 2","is_dynamic":true}""",
            Write(discount, null, DiscountEngine.Apply(discount, Applicability.Everything, WorkedCase.CartOf("a 100x1"), DiscountSettings.Default)));
        Assert.False(DiscountEngine.Apply(discount, Applicability.Everything, Cart.Empty, DiscountSettings.Default).IsDynamic);
    }

    [Fact]
    public void What_is_given_away_is_shown_where_it_is_known() => Assert.Equal(
        """{"type":"UNIT","effect":"ADD_NEW_ITEMS","unit_off":1,"unit_type":"sku_1","product":{"id":"prod_1","source_id":"mug","name":"Mug"},"sku":{"id":"sku_1","name":"Red","sku":"Red"}}""",
        Write(
            Read("""{"type":"UNIT","effect":"ADD_NEW_ITEMS","unit_off":1,"unit_type":"sku_1"}"""),
            new Dictionary<string, FreeProduct> { ["sku_1"] = new() { ProductId = "prod_1", ProductSourceId = "mug", ProductName = "Mug", SkuId = "sku_1", SkuName = "Red" } }));

    private static Discount Read(string json)
    {
        var (discount, problems) = DiscountReader.Read(JsonElement.Parse(json), "discount");
        Assert.Empty(problems);
        return discount!;
    }

    private static string Write(Discount discount, IReadOnlyDictionary<string, FreeProduct>? products = null, Applied? applied = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = WireJson.Options.Encoder }))
        {
            DiscountWriter.Write(json, discount, products, applied);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
