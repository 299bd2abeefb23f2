using System.Collections.Frozen;

namespace Marketing.Discounts;

/// <summary>What a discount has to know beside the cart.</summary>
internal sealed record DiscountSettings
{
    public static readonly DiscountSettings Default = new();

    /// <summary>What percentages are of.</summary>
    public CalculationMode Mode { get; init; }

    /// <summary>Whether a product takes only the first discount that hits it.</summary>
    public bool IsOnce { get; init; }

    /// <summary>What formulas look at.</summary>
    public FormulaData Data { get; init; } = FormulaData.Nothing;

    /// <summary>Products and SKUs that discounts give away, by what their unit type says. One that is not here costs nothing, unless it is in the cart.</summary>
    public IReadOnlyDictionary<string, FreeProduct> Products { get; init; } = FrozenDictionary<string, FreeProduct>.Empty;
}

/// <summary>A product, or a SKU of it, that a discount adds to a cart.</summary>
internal sealed record FreeProduct
{
    /// <summary>Shipping, which every project has.</summary>
    public const string ShippingId = "prod_5h1pp1ng";

    public static readonly FreeProduct Shipping = new() { ProductId = ShippingId, ProductSourceId = "5h1pp1ng", ProductName = "Shipping" };

    public string? ProductId { get; init; }

    public string? ProductSourceId { get; init; }

    public string? ProductName { get; init; }

    public string? SkuId { get; init; }

    public string? SkuSourceId { get; init; }

    public string? SkuName { get; init; }

    /// <summary>Of one unit, in minor units.</summary>
    public long Price { get; init; }
}
