using Marketing.Carts;

namespace Marketing.ValidationRules;

/// <summary>Products that have to be bought together.</summary>
internal sealed class BundleRule
{
    /// <summary>The most bundles that may count.</summary>
    public const int MostBundles = 100;

    // SKUs take their units first, then products, then collections, so that nothing wide takes what something narrow needs.
    private readonly BundlePart[] _parts;

    /// <param name="parts">As they were written.</param>
    /// <param name="limit">How many bundles of an order count.</param>
    public BundleRule(IReadOnlyList<BundlePart> parts, int limit)
    {
        _parts = [.. parts.OrderBy(static part => part.Item.Kind switch { ItemKind.Sku => 0, ItemKind.Product => 1, _ => 2 })];
        Limit = limit;
    }

    public int Limit { get; }

    public IReadOnlyList<BundlePart> Parts => _parts;

    /// <summary>How often the bundle is in an order, with which lines, or what it lacks.</summary>
    public BundleFinding In(Cart? order)
    {
        IReadOnlyList<CartLine> lines = order is null ? [] : order.Lines;
        var once = Take(lines, 1);
        if (once.Missing.Count > 0)
        {
            return once;
        }

        // What two bundles need is not what the next one leaves: it is found for all of them together.
        var best = once;
        for (var bundles = 2; bundles <= Limit && Take(lines, bundles) is { Missing.Count: 0 } more; bundles++)
        {
            best = more;
        }

        return best;
    }

    private BundleFinding Take(IReadOnlyList<CartLine> lines, int bundles)
    {
        var left = lines.Select(static line => Math.Max(0, line.Quantity)).ToArray();
        var taken = new long[left.Length];
        var missing = new List<BundleLack>();
        foreach (var part in _parts)
        {
            var needed = part.Quantity * bundles;
            for (var at = 0; at < left.Length && needed > 0; at++)
            {
                if (left[at] > 0 && part.Item.Matches(lines[at]))
                {
                    var units = Math.Min(left[at], needed);
                    (left[at], taken[at], needed) = (left[at] - units, taken[at] + units, needed - units);
                }
            }

            if (needed > 0)
            {
                missing.Add(new BundleLack(part.Item, needed));
            }
        }

        var identified = Enumerable.Range(0, taken.Length).Where(at => taken[at] > 0).Select(at => new BundleItem(at, lines[at].SkuId ?? lines[at].ProductId, lines[at].SkuId is not null, taken[at]));
        return new BundleFinding(missing.Count == 0 ? bundles : 0, Limit, [.. identified], missing);
    }
}

/// <summary>One of the things a bundle is made of, and how many of it.</summary>
internal sealed record BundlePart(ItemReference Item, long Quantity);

/// <summary>How an order meets a bundle.</summary>
/// <param name="Quantity">How many bundles, at most <paramref name="Limit"/>: by so much a discount is multiplied.</param>
/// <param name="Limit">How many would count.</param>
/// <param name="Identified">The lines that are used, by their places.</param>
/// <param name="Missing">What one bundle lacks; empty when there is one.</param>
internal sealed record BundleFinding(int Quantity, int Limit, IReadOnlyList<BundleItem> Identified, IReadOnlyList<BundleLack> Missing);

/// <summary>Units of a line that a bundle uses.</summary>
/// <param name="Line">The place of the line in the order, from 0.</param>
/// <param name="Id">The SKU, or else the product; null where neither is stored.</param>
/// <param name="IsSku">Which of both.</param>
/// <param name="Quantity">How many units.</param>
internal sealed record BundleItem(int Line, string? Id, bool IsSku, long Quantity);

/// <summary>What is not in the order, and how many of it.</summary>
internal sealed record BundleLack(ItemReference Item, long Quantity);
