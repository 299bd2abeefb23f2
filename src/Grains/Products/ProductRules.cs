using System.Text.Json;
using Marketing.Json;

namespace Marketing.Products;

/// <summary>How products and SKUs change. Pure.</summary>
internal static class ProductRules
{
    private static readonly RawJson None = RawJson.Parse("[]");

    /// <summary>The product after a command; the row that was there where nothing is different.</summary>
    public static ProductRow Apply(ProductRow? present, string id, ProductCommand command, DateTimeOffset now)
    {
        var before = present ?? new ProductRow(0, id, 0, command.SourceId, null, null, None, null, RawJson.EmptyObject, now, null);
        var after = before with
        {
            SourceId = before.SourceId ?? command.SourceId,
            Name = Has(command.Present, ProductFields.Name) ? command.Name : before.Name,
            Price = Has(command.Present, ProductFields.Price) ? command.Price : before.Price,
            Attributes = Has(command.Present, ProductFields.Attributes) ? Names(command.Attributes ?? []) : before.Attributes,
            ImageUrl = Has(command.Present, ProductFields.ImageUrl) ? command.ImageUrl : before.ImageUrl,
            Metadata = command.Metadata is { } metadata ? JsonObjects.Merge(before.Metadata, metadata) : before.Metadata,
        };
        return present is null || after == present ? after : after with { UpdatedAt = now };
    }

    /// <summary>The SKU after a command; the row that was there where nothing is different.</summary>
    public static SkuRow Apply(SkuRow? present, ProductRow product, string id, SkuCommand command, DateTimeOffset now)
    {
        var before = present
            ?? new SkuRow(0, id, 0, command.SourceId, product.Number, product.Id, null, null, null, RawJson.EmptyObject, null, RawJson.EmptyObject, now, null);
        var after = before with
        {
            SourceId = before.SourceId ?? command.SourceId,
            Sku = Has(command.Present, ProductFields.Name) ? command.Sku : before.Sku,
            Price = Has(command.Present, ProductFields.Price) ? command.Price : before.Price,
            Currency = Has(command.Present, ProductFields.Currency) ? command.Currency : before.Currency,
            Attributes = Has(command.Present, ProductFields.Attributes) ? command.Attributes ?? RawJson.EmptyObject : before.Attributes,
            ImageUrl = Has(command.Present, ProductFields.ImageUrl) ? command.ImageUrl : before.ImageUrl,
            Metadata = command.Metadata is { } metadata ? JsonObjects.Merge(before.Metadata, metadata) : before.Metadata,
        };
        return present is null || after == present ? after : after with { UpdatedAt = now };
    }

    /// <summary>What of a row has become more than there may be, or null.</summary>
    public static ProductResult.Invalid? WhyNot(RawJson metadata) => metadata.Utf8.Length > ProductLimits.ObjectBytes
        ? new ProductResult.Invalid("metadata", $"must NOT become larger than {ProductLimits.ObjectBytes} bytes")
        : null;

    private static RawJson Names(IReadOnlyList<string> names) => new(JsonSerializer.SerializeToUtf8Bytes(names, WireJson.Options));

    private static bool Has(ProductFields present, ProductFields field) => (present & field) != 0;
}
