using System.Text.Json;
using Marketing.Carts;
using Marketing.Discounts;
using Xunit;

namespace Marketing.Loyalties;

public sealed class EarningCalculationTests
{
    private const string Order =
        """
        {"amount":12999,"discount_amount":1000,"metadata":{"visits":7,"text":"12","huge":79000000000000000000000000000},
         "items":[{"product_id":"p1","quantity":2,"price":5000,"amount":10000,"discount_amount":500},{"product_id":"p2","sku_id":"s2","quantity":3,"price":1000,"amount":2999}]}
        """;

    [Theory]
    [InlineData("""{"type":"FIXED","points":5}""", 5)]
    [InlineData("""{"type":"FIXED","points":"5"}""", 5)]
    [InlineData("""{"type":"FIXED","points":1,"points_formula":"ORDER_AMOUNT * 2"}""", 260)]
    [InlineData("""{"type":"FIXED","points":9,"points_formula":"CUSTOMER_METADATA(\"nothing\") * 2"}""", 9)]

    // Whole steps only: 129.99 has 129 of 1.00 in it.
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1}}}""", 129)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":13000,"points":1}}}""", 0)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_TOTAL_AMOUNT","order":{"total_amount":{"every":1000,"points":3}}}""", 33)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_METADATA","order":{"metadata":{"every":2,"points":10,"property":"visits"}}}""", 30)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_METADATA","order":{"metadata":{"every":5,"points":1,"property":"text"}}}""", 2)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_METADATA","order":{"metadata":{"every":1,"points":1,"property":"nothing"}}}""", 0)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_ITEMS_QUANTITY","order_items":{"quantity":{"every":1,"points":2,"object":"product","id":"p1"}}}""", 4)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_ITEMS_AMOUNT","order_items":{"amount":{"every":1000,"points":1,"object":"sku","id":"s2"}}}""", 2)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_ITEMS_SUBTOTAL_AMOUNT","order_items":{"subtotal_amount":{"every":500,"points":1,"object":"product","id":"p1"}}}""", 19)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"CUSTOMER_METADATA","customer":{"metadata":{"every":1,"points":2,"property":"age"}}}""", 84)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"CUSTOM_EVENT_METADATA","custom_event":{"metadata":{"every":10,"points":1,"property":"pages"}}}""", 3)]
    public void Points_are_what_the_rule_says(string loyalty, long points) => Assert.Equal(points, Calculation(loyalty).PointsOf(Subject, null));

    [Theory]
    [InlineData("""{"type":"FIXED","points":5}""", """{"type":"MULTIPLY","multiplier":1.5}""", 8)]
    [InlineData("""{"type":"FIXED","points":5}""", """{"type":"MULTIPLY","multiplier":0}""", 0)]
    [InlineData("""{"type":"FIXED","points":5}""", """{"type":"CUSTOM","points":7}""", 7)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":1000,"points":1}}}""", """{"type":"MULTIPLY","multiplier":1.5}""", 18)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":1000,"points":1}}}""", """{"type":"CUSTOM","points":3}""", 36)]
    public void A_tier_multiplies_or_replaces_them(string loyalty, string mapping, long points) => Assert.Equal(points, Calculation(loyalty).PointsOf(Subject, TierMapping.Read(JsonElement.Parse(mapping))));

    [Fact]
    public void However_much_is_counted_points_stay_within_what_a_card_holds() => Assert.Equal(
        LoyaltyLimits.Points,
        Calculation("""{"type":"PROPORTIONAL","calculation_type":"ORDER_METADATA","order":{"metadata":{"every":0.0001,"points":1000000000000,"property":"huge"}}}""").PointsOf(Subject, new TierMapping(1_000, 0)));

    [Theory]
    [InlineData("""{"points":5}""", "type")]
    [InlineData("""{"type":"FIXED"}""", "points")]
    [InlineData("""{"type":"FIXED","points":-1}""", "points")]
    [InlineData("""{"type":"FIXED","points":1,"points_formula":"1 +"}""", "points_formula")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"WEATHER"}""", "calculation_type")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":0,"points":1}}}""", "order.amount.every")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":1}}}""", "order.amount.points")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_METADATA","order":{"metadata":{"every":1,"points":1}}}""", "order.metadata.property")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_ITEMS_AMOUNT","order_items":{"amount":{"every":1,"points":1,"id":"x"}}}""", "order_items.amount.object")]
    public void What_is_wrong_is_named(string loyalty, string field) => Assert.Equal(field, EarningCalculation.Read(JsonElement.Parse(loyalty)).Problem!.Field);

    private static EarningSubject Subject => new()
    {
        Order = CartReader.Read(JsonElement.Parse(Order)).Cart,
        EventMetadata = JsonElement.Parse("""{"pages":39}"""),
        Data = new FormulaData { Customer = JsonElement.Parse("""{"age":42}""") },
    };

    private static EarningCalculation Calculation(string loyalty) => EarningCalculation.Read(JsonElement.Parse(loyalty)) is { Calculation: { } read } ? read : throw new ArgumentException(loyalty);
}
