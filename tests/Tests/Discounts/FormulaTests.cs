using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Marketing.Carts;
using Xunit;

namespace Marketing.Discounts;

public sealed class FormulaTests
{
    private static readonly Cart Order = new()
    {
        Amount = 11_499,
        InitialAmount = 11_499,
        Metadata = JsonElement.Parse("""{"day_of_week":5,"store_city":"Boston","visits":11,"gone":null,"is_new":true}"""),
        Lines = ImmutableArray.Create(
            new CartLine { ProductId = "a", Price = 3_500, Quantity = 1, Amount = 3_500, Metadata = JsonElement.Parse("""{"Size":"L"}""") },
            new CartLine { ProductId = "b", Price = 1_000, Quantity = 3, Amount = 3_000, DiscountAmount = 500 },
            new CartLine { ProductId = "c", Price = 1_000, Quantity = 4, Amount = 4_000, ProductMetadata = JsonElement.Parse("""{"category":"socks"}""") }),
    };

    private static readonly FormulaData Data = new()
    {
        Now = new DateTimeOffset(2026, 11, 28, 16, 0, 0, TimeSpan.FromHours(1)),
        Customer = JsonElement.Parse("""{"age":26,"life_time_value":75.55,"other_value":74.44,"favorite_brands":["Nike","Adidas"],"lang":"en"}"""),
        Redeemable = JsonElement.Parse("""{"duration":3}"""),
        Redemption = JsonElement.Parse("""{"store":"store_7"}"""),
        Birthdate = new DateOnly(1990, 11, 29),
        PublishCount = 1,
        RedemptionQuantity = 10,
        RedeemedQuantity = 4,
        Expiration = new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero),
    };

    [Theory]
    [InlineData("2", "2")]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("7 % 4", "3")]
    [InlineData("-2 + 5", "3")]
    [InlineData("26 - -2", "28")]
    [InlineData("3 x 2", "6")]
    [InlineData("3 × 2 ÷ 4", "1.5")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("ORDER_AMOUNT", "114.99")]
    [InlineData("ORDER_ITEMS_QUANTITY", "3")]
    [InlineData("ORDER_UNITS_QUANTITY", "8")]
    [InlineData("CUSTOMER_METADATA(\"age\") / 2", "13")]
    [InlineData("VOUCHER_REDEMPTION_QUANTITY - VOUCHER_REDEEMED_QUANTITY", "6")]
    [InlineData("IF(VOUCHER_PUBLISH_COUNT = 1;25;5)", "25")]
    [InlineData("REDEEMABLE_METADATA(\"duration\")", "3")]
    [InlineData("CHEAPEST_ORDER_ITEM_PRICE", "10")]
    [InlineData("CHEAPEST_ORDER_ITEM_UNITS_QUANTITY", "3")]
    [InlineData("CHEAPEST_ORDER_ITEM_SUBTOTAL", "25")]
    [InlineData("CHEAPEST_ORDER_ITEM_AMOUNT", "30")]
    [InlineData("MOST_EXPENSIVE_ORDER_ITEM_PRICE", "35")]
    [InlineData("IF(MOST_EXPENSIVE_ORDER_ITEM_METADATA(\"Size\") is \"L\";1;2)", "1")]
    [InlineData("IF(CUSTOMER_METADATA(\"favorite_brands\") contains \"Nike\";20;CUSTOMER_METADATA(\"age\"))", "20")]
    [InlineData("IF(CUSTOMER_METADATA(\"favorite_brands\") contains \"Puma\";20;CUSTOMER_METADATA(\"age\"))", "26")]
    [InlineData("IF(ORDER_METADATA(\"visits\") > 10 AND ORDER_METADATA(\"day_of_week\") = 5;20;3)", "20")]
    [InlineData("IF(ORDER_METADATA(\"visits\") > 11 OR ORDER_METADATA(\"day_of_week\") = 5;20;3)", "20")]
    [InlineData("IF(ORDER_METADATA(\"visits\") > 11 AND ORDER_METADATA(\"day_of_week\") = 5;20;3)", "3")]
    [InlineData("IF(ORDER_ITEMS_QUANTITY > 2;IF(ORDER_AMOUNT > 200;25;15);10)", "15")]
    [InlineData("SWITCH(ORDER_METADATA(\"store_city\");SWITCH_CASE(\"Boston\";10) SWITCH_CASE(\"New York\";15);5)", "10")]
    [InlineData("SWITCH(ORDER_METADATA(\"store_city\");SWITCH_CASE(\"Lyon\";10) SWITCH_CASE(\"New York\";15);5)", "5")]
    [InlineData("MIN(3;1;2)", "1")]
    [InlineData("MAX(CUSTOMER_METADATA(\"age\"); 3)", "26")]
    [InlineData("POW(ORDER_METADATA(\"visits\");2)", "121")]
    [InlineData("POW(2;-1)", "0.5")]
    [InlineData("DEFAULT_TO(ORDER_METADATA(\"nothing\") / 2;5)", "5")]
    [InlineData("DEFAULT_TO(1 / 0;ORDER_METADATA(\"gone\");7)", "7")]
    [InlineData("ROUND(CUSTOMER_METADATA(\"life_time_value\");1)", "75.6")]
    [InlineData("ROUND(CUSTOMER_METADATA(\"life_time_value\");0)", "76")]
    [InlineData("ROUND(CUSTOMER_METADATA(\"life_time_value\");-1)", "80")]
    [InlineData("ROUND(0 - 2.5;0)", "-3")]
    [InlineData("FLOOR(CUSTOMER_METADATA(\"life_time_value\");1)", "75.5")]
    [InlineData("FLOOR(CUSTOMER_METADATA(\"life_time_value\");-1)", "70")]
    [InlineData("CEIL(CUSTOMER_METADATA(\"other_value\");1)", "74.5")]
    [InlineData("CEIL(CUSTOMER_METADATA(\"other_value\");-1)", "80")]
    [InlineData("IF(REDEMPTION_METADATA(\"store\") startsWith \"store_\";1;2)", "1")]
    [InlineData("IF(REDEMPTION_METADATA(\"store\") endsWith \"_sms\";1;2)", "2")]
    [InlineData("IF(CUSTOMER_METADATA(\"lang\") isNot \"de\";1;2)", "1")]
    [InlineData("IF(CUSTOMER_METADATA(\"lang\") IN_ARRAY \"de,en\";1;2)", "1")]
    [InlineData("IF(ORDER_METADATA(\"day_of_week\") NOT_IN_ARRAY \"5,6\";1;2)", "2")]
    [InlineData("YEAR(TODAY) - YEAR(CUSTOMER_BIRTHDATE)", "36")]
    [InlineData("YEARS_SINCE(CUSTOMER_BIRTHDATE)", "35")]
    [InlineData("MONTH(TODAY)", "11")]
    [InlineData("DAY_OF_MONTH(DATE(\"2023-08-17\"))", "17")]
    [InlineData("DAYS_SINCE(DATE(\"2026-11-20\"))", "8")]
    [InlineData("DAYS_UNTIL(VOUCHER_EXPIRATION_DATE)", "33")]
    [InlineData("MONTHS_UNTIL(VOUCHER_EXPIRATION_DATE)", "1")]
    [InlineData("IF(NOW IS_AFTER DATE_TIME(\"2026-11-28T14:05:00.000Z\");1;2)", "1")]
    [InlineData("IF(DATE(\"2026-11-28\") DATE_IS TODAY;1;2)", "1")]
    public void A_formula_has_its_value(string text, string value) => Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), Parse(text).Evaluate(Data, Order, null));

    [Theory]
    [InlineData("ORDER_METADATA(\"nothing\")")]
    [InlineData("ORDER_METADATA(\"gone\") + 1")]
    [InlineData("ORDER_METADATA(\"store_city\") + 1")]
    [InlineData("ORDER_METADATA(\"store_city\") > 1")]
    [InlineData("PUBLICATION_METADATA(\"year\")")]
    [InlineData("VOUCHER_START_DATE")]
    [InlineData("ORDER_ITEM_PRICE")]
    [InlineData("1 / 0")]
    [InlineData("1 % 0")]
    [InlineData("POW(10;100)")]
    [InlineData("POW(2;1000000000)")]
    [InlineData("79228162514264337593543950335 * 10")]
    [InlineData("IF(1;2;3)")]
    [InlineData("IF(ORDER_METADATA(\"nothing\") > 1;2;3)")]
    [InlineData("\"VIP\"")]
    [InlineData("ORDER_METADATA(\"is_new\")")]
    [InlineData("MIN(1;ORDER_METADATA(\"nothing\"))")]
    public void A_formula_that_cannot_be_told_has_none(string text) => Assert.Null(Parse(text).Evaluate(Data, Order, null));

    [Fact]
    public void A_formula_of_a_line_looks_at_it()
    {
        var formula = Parse("IF(ORDER_ITEM_PRODUCT_METADATA(\"category\") is \"socks\";ORDER_ITEM_PRICE * 0.8;ORDER_ITEM_SUBTOTAL)");
        Assert.True(formula.IsOfLine);
        Assert.Equal(8, formula.Evaluate(Data, Order, Order.Lines[2]));
        Assert.False(Parse("CHEAPEST_ORDER_ITEM_PRICE").IsOfLine);
    }

    [Theory]
    [InlineData("", 1, "a value is missing")]
    [InlineData("1 +", 4, "a value is missing")]
    [InlineData("1 2", 3, "an operator is expected, not '2'")]
    [InlineData("(1 + 2", 7, "')' is missing")]
    [InlineData("1 + $", 5, "'$' is not understood")]
    [InlineData("1.2.3", 1, "'1.2.3' is not a number")]
    [InlineData("\"VIP", 1, "the text that begins here does not end")]
    [InlineData("2 * FOO", 5, "'FOO' is neither an operand nor a function")]
    [InlineData("ORDER_METADATA(size)", 16, "the name of an attribute in quotation marks is expected, not 'size'")]
    [InlineData("IF(1 > 2;3)", 1, "IF takes 3 values, separated by semicolons")]
    [InlineData("MIN", 4, "'(' is missing")]
    [InlineData("SWITCH(1;2)", 10, "SWITCH_CASE is expected, not '2'")]
    [InlineData("SWITCH(1;SWITCH_CASE(1);2)", 10, "SWITCH_CASE takes 2 values, separated by semicolons")]
    public void What_is_wrong_is_told_with_its_place(string text, int position, string message)
    {
        var (formula, problem) = FormulaParser.Parse(text);
        Assert.Null(formula);
        Assert.Equal(new FormulaProblem(position, message), problem);
    }

    [Fact]
    public void A_formula_has_its_bounds()
    {
        Assert.Equal(2_001, FormulaParser.Parse(new string('1', 2_001)).Problem!.Position);
        Assert.Equal("must NOT be nested more than 40 times", FormulaParser.Parse(new string('(', 41) + "1" + new string(')', 41)).Problem!.Message);
        Assert.NotNull(FormulaParser.Parse(new string('(', 40) + "1" + new string(')', 40)).Formula);
        Assert.Equal("must NOT be nested more than 40 times", FormulaParser.Parse(new string('-', 41) + "1").Problem!.Message);
        Assert.Equal("must NOT have more than 500 parts", FormulaParser.Parse(string.Join('+', Enumerable.Repeat("1", 300))).Problem!.Message);
        Assert.Equal(200, Parse(string.Join('+', Enumerable.Repeat("1", 200))).Evaluate(Data, Order, null));
    }

    private static Formula Parse(string text)
    {
        var (formula, problem) = FormulaParser.Parse(text);
        Assert.Null(problem);
        return formula!;
    }
}
