using System.Buffers;
using System.Text.Json;
using Marketing.Shapes;

namespace Marketing.Products;

/// <summary>What products and SKUs consist of.</summary>
internal static class ProductShape
{
    public static readonly Shape Product = new("product", "The product")
    {
        Fields =
        [
            Fields<ProductRow>.Text("id", row => row.Id), Fields<ProductRow>.Text("source_id", row => row.SourceId), Fields<ProductRow>.Text("name", row => row.Name),
            Fields<ProductRow>.Number("price", row => row.Price), Fields<ProductRow>.List("attributes", "What its SKUs differ in", row => row.Attributes),
            Fields<ProductRow>.Keys("metadata", "The shop's own attributes", row => row.Metadata), Fields<ProductRow>.Text("image_url", row => row.ImageUrl),
            Fields<ProductRow>.Instant("created_at", row => row.CreatedAt), Fields<ProductRow>.Instant("updated_at", row => row.UpdatedAt), Fields.Kind("product"),
        ],
    };

    public static readonly Shape Sku = new("sku", "The SKU")
    {
        Fields =
        [
            Fields<SkuRow>.Text("id", row => row.Id), Fields<SkuRow>.Text("source_id", row => row.SourceId), Fields<SkuRow>.Text("product_id", row => row.ProductId),
            Fields<SkuRow>.Text("sku", row => row.Sku), Fields<SkuRow>.Number("price", row => row.Price), Fields<SkuRow>.Text("currency", row => row.Currency),
            Fields<SkuRow>.Keys("attributes", "What it is in each of the product's attributes", row => row.Attributes),
            Fields<SkuRow>.Text("image_url", row => row.ImageUrl), Fields<SkuRow>.Keys("metadata", "The shop's own attributes", row => row.Metadata),
            Fields<SkuRow>.Instant("created_at", row => row.CreatedAt), Fields<SkuRow>.Instant("updated_at", row => row.UpdatedAt), Fields.Kind("sku"),
        ],
    };

    /// <summary>A SKU as callers get it.</summary>
    public static RawJson Write(SkuRow sku) => Write(json => Sku.Write(json, sku));

    /// <summary>A SKU with its product, where that is there.</summary>
    public static RawJson Write(SkuRow sku, ProductRow? product) => Write(json =>
    {
        json.WriteStartObject();
        Sku.WriteFields(json, sku);
        if (product is not null)
        {
            json.WritePropertyName(Product.Name);
            Product.Write(json, product);
        }

        json.WriteEndObject();
    });

    /// <summary>A product without its SKUs.</summary>
    public static RawJson WriteAlone(ProductRow product) => Write(json => Product.Write(json, product));

    /// <summary>An object of one of the shapes by itself.</summary>
    public static RawJson Write(Shape shape, object of) => Write(json => shape.Write(json, of));

    /// <summary>A product as callers get it, with some of its SKUs and how many it has.</summary>
    public static RawJson Write(ProductRow product, IEnumerable<SkuRow> skus, long total) => Write(json =>
    {
        json.WriteStartObject();
        Product.WriteFields(json, product);
        json.WriteStartObject("skus");
        json.WriteString("object", "list");
        json.WriteString("data_ref", "data");
        json.WriteStartArray("data");
        foreach (var sku in skus)
        {
            Sku.Write(json, sku);
        }

        json.WriteEndArray();
        json.WriteNumber("total", total);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static RawJson Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder }))
        {
            content(json);
        }

        return new RawJson(buffer.WrittenSpan.ToArray());
    }
}
