namespace Marketing.Qualifications;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class QualificationExamples
{
    public const string Qualification = """
        {"customer":{"source_id":"ada"},"order":{"items":[{"source_id":"kalimba","related_object":"product","quantity":1,"price":5500}]},"scenario":"ALL",
         "options":{"limit":10,"sorting_rule":"BEST_DEAL","filters":{"resource_type":{"conditions":{"$in":["voucher","promotion_tier"]}}}}}
        """;

    public const string Examination = """{"customer":{"source_id":"ada"},"order":{"amount":5500},"metadata":{"till":3},"options":{"expand":["category"]}}""";
}
