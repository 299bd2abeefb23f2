using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Marketing.Carts;
using Marketing.Filters;
using Xunit;

namespace Marketing.ValidationRules;

/// <summary>Asks rules about subjects, both written down in a few words.</summary>
internal static class Judge
{
    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Noon = At("2026-05-13T12:00:00Z");

    public static readonly FilterSettings Warsaw = FilterSettings.In("Europe/Warsaw");

    /// <summary>Two lines: 2 pears of 50 each, with a SKU, and 1 apple of 300.</summary>
    public static readonly Cart Fruit = Order(
        Line("prod_pear", price: 50, quantity: 2, collections: "pc_green") with
        {
            SkuId = "sku_small",
            SkuSourceId = "small",
            Metadata = Json("""{"ripe":true,"crates":3}"""),
            ProductMetadata = Json("""{"origin":"PL"}"""),
        },
        Line("prod_apple", price: 300, collections: "pc_red") with { Metadata = Json("""{"ripe":true}"""), ProductMetadata = Json("""{"origin":"DE"}""") });

    public static readonly RuleSubject Anybody = new() { Now = Noon, Incentive = "v_1", Campaign = "camp_1" };

    public static readonly RuleSubject Ann = Anybody with
    {
        Customer = new RuleCustomer(
            "cust_ann", Encoding.UTF8.GetBytes("""{"name":"Ann","metadata":{"age":30,"tags":["vip","old"],"since":"2026-05-10","pets":{"dog":"Rex"},"name":"Łucja"}}"""),
            new HashSet<string>(["seg_vip"], StringComparer.Ordinal)),
        Order = Fruit,
        Metadata = Json("""{"shop":"Oia"}"""),
        EventMetadata = Json("""{"page":"/sale"}"""),
        LoyaltyTier = "ltr_gold",
        ApiKey = "key_1",
        UserLogin = "joe@example.com",
        PointsUsed = 100,
        GiftCredits = 500,
    };

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    public static JsonElement Json(string json) => JsonElement.Parse(json);

    public static CartLine Line(string product, long price, long quantity = 1, string? collections = null) => new()
    {
        ProductId = product,
        ProductSourceId = $"shop-{product}",
        Price = price,
        Quantity = quantity,
        InitialQuantity = quantity,
        Amount = price * quantity,
        InitialAmount = price * quantity,
        Collections = collections is null ? [] : [.. collections.Split(' ')],
    };

    public static Cart Order(params ImmutableArray<CartLine> lines) => new()
    {
        Lines = lines,
        Amount = lines.Sum(line => line.Amount),
        InitialAmount = lines.Sum(line => line.InitialAmount),
        Metadata = Json("""{"place":"Santorini","items":5,"pickup":"2026-05-13T18:30:00Z"}"""),
    };

    /// <summary>A rule of one condition, whose operators and values are given as JSON.</summary>
    public static string One(string name, string conditions, string? property = null, string? nested = null) =>
        $$"""{"rules":{"1":{"name":"{{name}}",{{(property is null ? "" : $"\"property\":\"{property}\",")}}"conditions":{{conditions}},"rules":{{nested ?? "{}"}} },"logic":"1"} }""";

    public static CompiledRule Rule(string document, FilterSettings? settings = null, string id = "val_1")
    {
        var result = CompiledRule.Parse(id, RawJson.Parse(document), settings ?? FilterSettings.Default);
        Assert.True(result is RuleParseResult.Ok, result is RuleParseResult.Malformed malformed ? $"{document}: {malformed.Reason}" : "");
        return ((RuleParseResult.Ok)result).Rule;
    }

    public static IReadOnlyList<FieldProblem> Problems(string document) =>
        Assert.IsType<RuleParseResult.Malformed>(CompiledRule.Parse("val_1", RawJson.Parse(document), FilterSettings.Default)).Problems;

    public static bool Holds(string document, RuleSubject subject, FilterSettings? settings = null) => Rule(document, settings).Evaluate(subject).Holds;

    public static bool Holds(string name, string conditions, RuleSubject? subject = null, string? property = null, string? nested = null) =>
        Holds(One(name, conditions, property, nested), subject ?? Ann);
}
