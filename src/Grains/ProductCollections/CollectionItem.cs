using System.Buffers;
using System.Text.Json;
using Marketing.Products;

namespace Marketing.ProductCollections;

/// <summary>What is known of a product or a SKU where it is asked which collections it is in: all of it where it is stored, otherwise what a line of an order says.</summary>
internal sealed record CollectionItem
{
    /// <summary>A SKU; otherwise a product.</summary>
    public required bool IsSku { get; init; }

    public string? Id { get; init; }

    public string? SourceId { get; init; }

    /// <summary>Of a SKU, the id of its product.</summary>
    public string? ProductId { get; init; }

    public string? Name { get; init; }

    /// <summary>Of one, in minor units.</summary>
    public long? Price { get; init; }

    /// <summary>Of a product a JSON array of names, of a SKU a JSON object.</summary>
    public RawJson? Attributes { get; init; }

    public string? ImageUrl { get; init; }

    /// <summary>A JSON object.</summary>
    public RawJson? Metadata { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public static CollectionItem Of(ProductRow product) => new()
    {
        IsSku = false,
        Id = product.Id,
        SourceId = product.SourceId,
        Name = product.Name,
        Price = product.Price,
        Attributes = product.Attributes,
        ImageUrl = product.ImageUrl,
        Metadata = product.Metadata,
        CreatedAt = product.CreatedAt,
        UpdatedAt = product.UpdatedAt,
    };

    public static CollectionItem Of(SkuRow sku) => new()
    {
        IsSku = true,
        Id = sku.Id,
        SourceId = sku.SourceId,
        ProductId = sku.ProductId,
        Name = sku.Sku,
        Price = sku.Price,
        Attributes = sku.Attributes,
        ImageUrl = sku.ImageUrl,
        Metadata = sku.Metadata,
        CreatedAt = sku.CreatedAt,
        UpdatedAt = sku.UpdatedAt,
    };

    /// <summary>The product that a line of an order describes, which need not be stored. What has another type than it should is not known.</summary>
    public static CollectionItem OfProduct(JsonElement described) => OfLine(described, isSku: false) with { Name = Text(described, "name") };

    /// <summary>The SKU that a line of an order describes.</summary>
    public static CollectionItem OfSku(JsonElement described) => OfLine(described, isSku: true) with { Name = Text(described, "sku"), ProductId = Text(described, "product_id") };

    /// <summary>The document that filters read.</summary>
    public ReadOnlyMemory<byte> Document()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            CollectionFilters.Shape.Write(json, this);
        }

        return buffer.WrittenMemory;
    }

    private static CollectionItem OfLine(JsonElement described, bool isSku) => new()
    {
        IsSku = isSku,
        Id = Text(described, "id"),
        SourceId = Text(described, "source_id"),
        Price = Of(described, "price") is { ValueKind: JsonValueKind.Number } price && price.TryGetInt64(out var amount) ? amount : null,
        Attributes = Of(described, "attributes") is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } attributes ? RawJson.From(attributes) : null,
        ImageUrl = Text(described, "image_url"),
        Metadata = Of(described, "metadata") is { ValueKind: JsonValueKind.Object } metadata ? RawJson.From(metadata) : null,
    };

    private static string? Text(JsonElement described, string name) => Of(described, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Of(JsonElement described, string name) =>
        described.ValueKind == JsonValueKind.Object && described.TryGetProperty(name, out var value) ? value : null;
}
