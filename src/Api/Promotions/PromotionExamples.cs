namespace Marketing.Promotions;

/// <summary>Bodies for the description of the API.</summary>
internal static class PromotionExamples
{
    public const string Tier =
        """
        {"name":"A tenth off large orders","banner":"10% off","action":{"discount":{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ORDER"}},
         "hierarchy":1,"active":true,"expiration_date":"2030-12-24","metadata":{"season":"spring"}}
        """;

    public const string TierChange = """{"name":"A fifth off large orders","action":{"discount":{"type":"PERCENT","percent_off":20}},"hierarchy":2}""";

    public const string Stack = """{"name":"Both","tiers":{"ids":["promo_1"],"hierarchy_mode":"MANUAL"}}""";

    public const string StackChange = """{"name":"All of them"}""";
}
