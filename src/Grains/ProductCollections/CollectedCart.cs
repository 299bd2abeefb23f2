using System.Collections.Immutable;
using System.Text.Json;
using Marketing.Carts;
using Marketing.Catalogue;

namespace Marketing.ProductCollections;

/// <summary>An order with what the project says of its lines.</summary>
internal static class CollectedCart
{
    /// <summary>The cart with the collections that its lines are in.</summary>
    public static Cart Of(Cart cart, JsonElement order, CatalogueSnapshot catalogue, DateTimeOffset now)
    {
        if (cart.Lines.IsEmpty || catalogue.ProductCollections.Count == 0)
        {
            return cart;
        }

        var lines = ImmutableArray.CreateBuilder<CartLine>(cart.Lines.Length);
        foreach (var item in order.GetProperty("items").EnumerateArray())
        {
            var line = cart.Lines[lines.Count];
            var product = CollectionItem.OfProduct(CartLineReader.Child(item, "product"));
            var sku = CollectionItem.OfSku(CartLineReader.Child(item, "sku"));
            var collections = catalogue.ProductCollections.CollectionsOf(
                product with { Id = product.Id ?? line.ProductId, SourceId = product.SourceId ?? line.ProductSourceId, Price = product.Price ?? line.Price },
                line.SkuId is null && line.SkuSourceId is null ? null : sku with { Id = sku.Id ?? line.SkuId, SourceId = sku.SourceId ?? line.SkuSourceId, Price = sku.Price ?? line.Price },
                now);
            lines.Add(collections.Count == 0 ? line : line with { Collections = [.. collections] });
        }

        return cart with { Lines = lines.ToImmutable() };
    }
}
