namespace Marketing.Orders;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class OrderExamples
{
    public const string Order = """
        {"source_id":"o-1001","status":"PAID","customer":{"source_id":"ada"},"amount":7800,
         "items":[{"source_id":"kalimba","related_object":"product","quantity":2,"price":3900,"product":{"name":"Kalimba"}}],"metadata":{"coupon":false}}
        """;

    public const string Change = """{"status":"CANCELED"}""";
}
