namespace Marketing.Redemptions;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class RedemptionExamples
{
    public const string Redemption = """
        {"redeemables":[{"object":"voucher","id":"VIP-1","gift":{"credits":100}}],"customer":{"source_id":"ada"},
         "order":{"amount":5500,"status":"PAID"},"metadata":{"till":3}}
        """;

    public const string Single = """{"customer":{"source_id":"ada"},"order":{"amount":5500}}""";

    public const string Rollback = """{"reason":"returned"}""";
}
