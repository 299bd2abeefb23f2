using Marketing.Carts;

namespace Marketing.ValidationRules;

/// <summary>A product, a SKU or a collection of products as a rule names it. Not every shop stores its products here: ids and source ids are as good as each other.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id; null where only the shop's own is known.</param>
/// <param name="SourceId">The shop's own id.</param>
internal sealed record ItemReference(ItemKind Kind, string? Id, string? SourceId)
{
    /// <summary>Whether a line is of it: of the product also as one of its SKUs, of the collection as any product or SKU in it.</summary>
    public bool Matches(CartLine line) => Kind switch
    {
        ItemKind.Product => IsProduct(line),
        ItemKind.Sku => IsSku(line),
        ItemKind.Collection => IsCollection(line),
        ItemKind.Unsaid => IsProduct(line) || IsSku(line) || IsCollection(line),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private bool IsProduct(CartLine line) => Has(line.ProductId, line.ProductSourceId);

    private bool IsSku(CartLine line) => Has(line.SkuId, line.SkuSourceId);

    private bool IsCollection(CartLine line) => Id is not null && line.Collections.Contains(Id);

    // What is written as an id may be the shop's own: older rules know no difference.
    private bool Has(string? id, string? sourceId) =>
        (Id is not null && (Id == id || Id == sourceId)) || (SourceId is not null && SourceId == sourceId);
}

/// <summary>What an <see cref="ItemReference"/> names.</summary>
internal enum ItemKind
{
    /// <summary>Whichever has the id.</summary>
    Unsaid,
    Product,
    Sku,
    Collection,
}

/// <summary>Which lines a condition means.</summary>
/// <param name="Wanted">In each entry: items of which a line must be one, or none.</param>
/// <param name="From">What a line must be of as well; for the cheapest and the most expensive, among what they are looked for. Null for everything.</param>
internal sealed record ItemTest(IReadOnlyList<(bool Excludes, ItemReference[] Items)> Wanted, IReadOnlyList<ItemReference>? From)
{
    /// <summary>The items that must be there.</summary>
    public IEnumerable<ItemReference> Named => Wanted.Where(static entry => !entry.Excludes).SelectMany(static entry => entry.Items);

    public bool Meets(CartLine line) => Is(line) && IsFrom(line);

    public bool Is(CartLine line)
    {
        foreach (var (excludes, items) in Wanted)
        {
            if (Array.Exists(items, item => item.Matches(line)) == excludes)
            {
                return false;
            }
        }

        return true;
    }

    public bool IsFrom(CartLine line) => From is null || From.Any(item => item.Matches(line));
}
