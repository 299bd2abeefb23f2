namespace Marketing.Products;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class ProductExamples
{
    public const string Product = """
        {"source_id":"kalimba","name":"Kalimba","price":3900,"attributes":["wood","keys"],"metadata":{"handmade":true},"image_url":"https://shop.example/kalimba.png"}
        """;

    public const string Change = """{"price":4200}""";

    public const string Sku = """
        {"source_id":"kalimba-17-walnut","sku":"Kalimba, 17 keys, walnut","price":4500,"currency":"EUR","attributes":{"wood":"walnut","keys":"17"}}
        """;

    public const string SkuChange = """{"price":4800}""";

    public const string Several = """[{"source_id":"kalimba","price":4100},{"source_id":"udu","name":"Udu","price":9900}]""";

    public const string Metadata = """{"source_ids":["kalimba","udu"],"metadata":{"season":"autumn"}}""";

    public const string File = """{"file":"Name,Source_id,Price,Attributes,Season\nKalimba,kalimba,3900,\"wood,keys\",autumn\n"}""";

    public const string SkuFile = """{"file":"Product_id,Sku,Source_id,Price,Currency\nkalimba,\"Kalimba, 17 keys\",kalimba-17,4500,EUR\n"}""";
}
