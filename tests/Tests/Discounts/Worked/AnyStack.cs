using System.Collections.Immutable;
using CsCheck;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Random carts, discounts and what they apply to.</summary>
internal static class AnyStack
{
    private static readonly string[] Products = ["a", "b", "c", "gift", "cup"];

    private static readonly Gen<string> Product = Gen.Int[0, Products.Length - 1].Select(at => Products[at]);

    private static readonly Gen<CartLine> Line =
        from product in Product
        from price in Gen.Long[0, 5_000]
        from quantity in Gen.Long[1, 9]
        from odd in Gen.Long[0, 300]
        from off in Gen.Long[0, 400]
        from free in Gen.Long[0, 2]
        let amount = (price * quantity) + odd
        select new CartLine
        {
            ProductId = product,
            Price = price,
            Quantity = quantity,
            InitialQuantity = quantity,
            Amount = amount,
            InitialAmount = amount,
            DiscountAmount = Math.Min(off, amount),
            DiscountQuantity = Math.Min(free, quantity),
        };

    public static readonly Gen<Cart> Cart =
        from lines in Line.Array[0, 8]
        from more in Gen.Long[-500, 500]
        from off in Gen.Long[0, 500]
        let amount = Math.Max(lines.Sum(line => line.DiscountAmount) + off, lines.Sum(line => line.Amount) + more)
        select new Cart { Amount = amount, InitialAmount = amount, DiscountAmount = off, Lines = [.. lines] };

    private static readonly Gen<long?> Limit = Gen.Frequency((3, Gen.Const((long?)null)), (1, Gen.Long[0, 4_000].Select(limit => (long?)limit)));

    private static readonly Gen<FreeUnits> Free =
        from off in Gen.Long[0, 5]
        from product in Product
        from effect in Gen.Enum<UnitEffect>()
        select new FreeUnits(off, product, effect);

    public static readonly Gen<Discount> Discount = Gen.OneOf<Discount>(
        Gen.Select(Gen.Long[0, 6_000], Gen.Enum<AmountEffect>(), Limit, (off, effect, limit) => (Discount)new Discount.Amount(off, effect) { AggregatedLimit = limit }),
        Gen.Select(Gen.Int[0, 10_000], Gen.Enum<PlainEffect>(), Limit, Limit, (off, effect, limit, all) => (Discount)new Discount.Percent(off / 100m, effect) { Limit = limit, AggregatedLimit = all }),
        Gen.Select(Gen.Long[0, 6_000], Gen.Enum<PlainEffect>(), (price, effect) => (Discount)new Discount.Fixed(price, effect)),
        Gen.Select(Gen.Long[0, 6_000], Gen.Enum<PlainEffect>(), (worth, effect) => (Discount)new Discount.Credits(worth, effect)),
        Free.Array[1, 3].Select(units => (Discount)new Discount.Unit([.. units], units.Length > 1)));

    private static readonly Gen<ApplicationRule> Items =
        from products in Product.Array[1, 4]
        from effect in Gen.Enum<ApplicationEffect>()
        from target in Gen.Enum<ApplicationTarget>()
        from repeat in Gen.Long[1, 3]
        from skip in Gen.Long[0, 2]
        from quantity in Limit
        from allQuantity in Limit
        from amount in Limit
        from allAmount in Limit
        select new ApplicationRule
        {
            Matches = line => products.Contains(line.ProductId),
            Effect = effect,
            Target = target,
            Repeat = repeat,
            Skip = skip,
            QuantityLimit = quantity / 400,
            AggregatedQuantityLimit = allQuantity / 200,
            AmountLimit = amount,
            AggregatedAmountLimit = allAmount,
        };

    public static readonly Gen<Applicability> Applicability =
        Gen.Frequency((1, Gen.Const(Discounts.Applicability.Everything)), (2, Items.Array[1, 3].Select(items => new Applicability { Included = [.. items] })));

    public static readonly Gen<DiscountSettings> Settings = Gen.Select(Gen.Enum<CalculationMode>(), Gen.Bool, (mode, isOnce) => new DiscountSettings
    {
        Mode = mode,
        IsOnce = isOnce,
        Products = new Dictionary<string, FreeProduct> { ["gift"] = new() { ProductId = "gift", Price = 6_500 }, ["cup"] = new() { ProductId = "cup", Price = 333 } },
    });

    public static readonly Gen<(Discount Discount, Applicability Applicability)[]> Stack = Gen.Select(Discount, Applicability).Array[1, 6];
}
