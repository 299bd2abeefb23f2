using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Discounts;
using Marketing.Products;
using Marketing.Storage;

namespace Marketing.Redemptions;

/// <summary>Puts into the lines of an order what is known of their products, the price above all.</summary>
internal sealed class OrderLines(ITableStore<ProductRow> products, ITableStore<SkuRow> skus)
{
    /// <summary>The lines with what is stored of their products and not sent.</summary>
    public async Task<RawJson> CompleteAsync(int project, RawJson items)
    {
        var lines = JsonNode.Parse(items.Utf8.Span)!.AsArray().Select(static item => item!.AsObject()).ToList();
        var productRows = await FindAsync(project, products, ProductTable.SourceId, [.. lines.Select(static line => KeyOf(line, "product"))], static row => row.SourceId);
        var skuRows = await FindAsync(project, skus, SkuTable.SourceId, [.. lines.Select(static line => KeyOf(line, "sku"))], static row => row.SourceId);
        if (productRows.Count == 0 && skuRows.Count == 0)
        {
            return items;
        }

        foreach (var line in lines)
        {
            var sku = KeyOf(line, "sku") is { } skuKey ? skuRows.GetValueOrDefault(skuKey) : null;
            var product = KeyOf(line, "product") is { } productKey ? productRows.GetValueOrDefault(productKey) : null;
            if (product is not null)
            {
                line["product_id"] ??= product.Id;
                Describe(line, "product", product.Id, product.SourceId, "name", product.Name, product.Price, product.Metadata);
            }

            if (sku is not null)
            {
                line["sku_id"] ??= sku.Id;
                line["product_id"] ??= sku.ProductId;
                Describe(line, "sku", sku.Id, sku.SourceId, "sku", sku.Sku, sku.Price, sku.Metadata);
            }

            if (line["price"] is null && line["amount"] is null && (sku?.Price ?? product?.Price) is { } price)
            {
                line["price"] = price;
            }
        }

        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(new JsonArray([.. lines.Select(static line => line.DeepClone())])));
    }

    /// <summary>What the discounts give away, by what their unit type says.</summary>
    public async Task<IReadOnlyDictionary<string, FreeProduct>> FreeAsync(int project, IEnumerable<CaseRedeemable> redeemables)
    {
        var types = redeemables.Select(static one => one.Discount).OfType<Discount.Unit>().SelectMany(static unit => unit.Units).Select(static unit => unit.UnitType).ToHashSet(StringComparer.Ordinal);
        var free = new Dictionary<string, FreeProduct>(StringComparer.Ordinal) { [FreeProduct.ShippingId] = FreeProduct.Shipping };
        types.Remove(FreeProduct.ShippingId);
        if (types.Count == 0)
        {
            return free;
        }

        var productRows = await FindAsync(project, products, ProductTable.SourceId, [.. types], static row => row.SourceId);
        var skuRows = await FindAsync(project, skus, SkuTable.SourceId, [.. types], static row => row.SourceId);
        var parents = skuRows.Count == 0 ? [] : (await products.FindManyAsync(project, [.. skuRows.Values.Select(static sku => sku.ProductId)])).ToDictionary(static row => row.Id, StringComparer.Ordinal);
        foreach (var type in types)
        {
            if (skuRows.TryGetValue(type, out var sku))
            {
                var parent = parents.GetValueOrDefault(sku.ProductId);
                free[type] = new FreeProduct
                {
                    ProductId = sku.ProductId,
                    ProductSourceId = parent?.SourceId,
                    ProductName = parent?.Name,
                    SkuId = sku.Id,
                    SkuSourceId = sku.SourceId,
                    SkuName = sku.Sku,
                    Price = sku.Price ?? parent?.Price ?? 0,
                };
            }
            else if (productRows.TryGetValue(type, out var product))
            {
                free[type] = new FreeProduct { ProductId = product.Id, ProductSourceId = product.SourceId, ProductName = product.Name, Price = product.Price ?? 0 };
            }
        }

        return free;
    }

    // By the id, or else by the shop's own.
    private static async Task<Dictionary<string, TRow>> FindAsync<TRow>(
        int project, ITableStore<TRow> store, Column source, IReadOnlyCollection<string?> keys, Func<TRow, string?> sourceOf)
        where TRow : class, ITableRow
    {
        string[] wanted = [.. keys.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (wanted.Length == 0)
        {
            return [];
        }

        var found = (await store.FindManyAsync(project, source, wanted)).ToDictionary(row => sourceOf(row)!, StringComparer.Ordinal);
        foreach (var row in await store.FindManyAsync(project, wanted))
        {
            found[row.Id] = row;
        }

        return found;
    }

    private static string? KeyOf(JsonObject line, string kind)
    {
        var described = line[kind] as JsonObject;
        var isOf = Text(line, "related_object") == "sku" == (kind == "sku");
        return Text(line, $"{kind}_id") ?? Text(described, "id") ?? Text(described, "source_id") ?? (isOf ? Text(line, "source_id") : null);
    }

    private static void Describe(JsonObject line, string kind, string id, string? sourceId, string nameField, string? name, long? price, RawJson metadata)
    {
        if (line[kind] is not JsonObject described)
        {
            described = [];
            line[kind] = described;
        }

        described["id"] ??= id;
        described["source_id"] ??= sourceId;
        described[nameField] ??= name;
        described["price"] ??= price;
        described["metadata"] ??= JsonNode.Parse(metadata.Utf8.Span);
    }

    private static string? Text(JsonObject? of, string name) => of?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
