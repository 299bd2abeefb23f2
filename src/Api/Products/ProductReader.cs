using Marketing.Http;

namespace Marketing.Products;

/// <summary>Reads products and SKUs.</summary>
internal static class ProductReader
{
    public static ProductCommand Product(Payload body) => new()
    {
        Present = Present(body, "name"),
        SourceId = body.Identifier("source_id"),
        Name = body.Text("name", ProductLimits.Name),
        Price = body.Integer("price", 0, ProductLimits.Price),
        Attributes = body.Texts("attributes", ProductLimits.Attributes, ProductLimits.Name),
        ImageUrl = body.Line("image_url", ProductLimits.ImageUrl),
        Metadata = body.RawObject("metadata", ProductLimits.ObjectBytes),
    };

    public static SkuCommand Sku(Payload body) => new()
    {
        Present = Present(body, "sku"),
        SourceId = body.Identifier("source_id"),
        Sku = body.Text("sku", ProductLimits.Name),
        Price = body.Integer("price", 0, ProductLimits.Price),
        Currency = Currency(body),
        Attributes = body.RawObject("attributes", ProductLimits.ObjectBytes),
        ImageUrl = body.Line("image_url", ProductLimits.ImageUrl),
        Metadata = body.RawObject("metadata", ProductLimits.ObjectBytes),
    };

    private static string? Currency(Payload body) =>
        body.Line("currency", ProductLimits.Name) is not { } code || (code.Length == ProductLimits.Currency && code.All(char.IsAsciiLetter))
            ? body.Line("currency", ProductLimits.Name)
            : throw body.Refuse(".currency", "must be a code of three letters");

    private static ProductFields Present(Payload body, string name) =>
        Field(body, name, ProductFields.Name) | Field(body, "price", ProductFields.Price) | Field(body, "currency", ProductFields.Currency)
        | Field(body, "attributes", ProductFields.Attributes) | Field(body, "image_url", ProductFields.ImageUrl);

    private static ProductFields Field(Payload body, string name, ProductFields field) => body.Has(name) ? field : ProductFields.None;
}
