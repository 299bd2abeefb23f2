namespace Marketing.Exports;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class ExportExamples
{
    public const string Export = """
        {"exported_object":"customer","parameters":{"order":"-created_at","fields":["source_id","name","email","metadata.plan"],
         "filters":{"junction":"and","created_at":{"conditions":{"$after":["2026-01-01"]}}}}}
        """;

    public const string Transactions = """{"parameters":{"order":"-created_at","fields":["id","type","source_id","reason","balance","amount","created_at"]}}""";

    public const string Orders = """
        {"parameters":{"order":"-created_at","fields":["id","source_id","status","total_amount","customer_id"],"filters":{"junction":"and","status":{"conditions":{"$is":["PAID"]}}}}}
        """;
}
