using System.Runtime.InteropServices;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Discounts that give units away.</summary>
internal static class UnitArithmetic
{
    private const string TooLarge = "the order would become larger than it may be";

    public static Applied Apply(Discount.Unit discount, Cart cart, DiscountSettings settings)
    {
        List<CartLine> lines = [.. cart.Lines];
        var (added, amount, room) = (0L, 0L, cart.TotalAmount);
        var (units, newUnits) = (0L, 0L);
        decimal? value = null;
        var isDynamic = false;
        foreach (var free in discount.Units)
        {
            value = FormulaResults.Units(free.Formula, settings.Data, cart);
            isDynamic |= value is not null;
            var left = value is { } given ? (long)given : free.Off;
            if (settings.IsOnce && IsTaken(lines, free.UnitType, settings))
            {
                continue;
            }

            units += left;
            if (free.Effect == UnitEffect.AddMissingItems)
            {
                amount += Claim(lines, free.UnitType, ref left, ref room);
            }

            if (left > 0)
            {
                if (Add(lines, free.UnitType, left, settings) is not { } worth || worth + added + cart.Amount > CartLimits.Amount)
                {
                    return new Applied(cart, 0) { Refusal = TooLarge };
                }

                added += worth;
                amount += worth;
                newUnits += left;
            }
        }

        if (settings.IsOnce)
        {
            TakenProducts.Mark(CollectionsMarshal.AsSpan(lines));
        }

        var after = units == 0 ? cart : cart with { Amount = cart.Amount + added, Lines = [.. lines] };
        return new Applied(after, amount) { HasEffect = amount > 0 || newUnits > 0, Value = discount.Units.Length == 1 ? value : null, IsDynamic = isDynamic };
    }

    private static bool IsTaken(List<CartLine> lines, string unitType, DiscountSettings settings)
    {
        var product = settings.Products.GetValueOrDefault(unitType);
        foreach (var line in lines)
        {
            if (line.IsTaken && (line.IsOf(unitType) || (product?.ProductId is { } id && line.ProductId == id)))
            {
                return true;
            }
        }

        return false;
    }

    // What nobody has claimed of the lines there are: at what is left to pay for it.
    private static long Claim(List<CartLine> lines, string unitType, ref long left, ref long room)
    {
        var sum = 0L;
        for (var at = 0; at < lines.Count && left > 0; at++)
        {
            var line = lines[at];
            var open = line.Quantity - line.DiscountQuantity;
            var units = Math.Min(open, left);
            if (units <= 0 || !line.IsOf(unitType))
            {
                continue;
            }

            var amount = Math.Min(Rounding.Part(line.SubtotalAmount, units, open), room);
            lines[at] = line with
            {
                DiscountQuantity = line.DiscountQuantity + units,
                AppliedDiscountQuantity = line.AppliedDiscountQuantity + units,
                DiscountAmount = line.DiscountAmount + amount,
                AppliedDiscountAmount = line.AppliedDiscountAmount + amount,
            };
            left -= units;
            room -= amount;
            sum += amount;
        }

        return sum;
    }

    // They join a line of the same product, or make a new one. What they are worth, or null where that is too much.
    private static long? Add(List<CartLine> lines, string unitType, long units, DiscountSettings settings)
    {
        var at = 0;
        while (at < lines.Count && !lines[at].IsOf(unitType))
        {
            at++;
        }

        var line = at < lines.Count ? lines[at] : New(unitType, settings);
        var worth = (Int128)line.Price * units;
        if (worth + line.Amount > CartLimits.Amount || line.Quantity + units > CartLimits.Quantity)
        {
            return null;
        }

        var amount = (long)worth;
        line = line with
        {
            Quantity = line.Quantity + units,
            DiscountQuantity = line.DiscountQuantity + units,
            AppliedDiscountQuantity = line.AppliedDiscountQuantity + units,
            AppliedQuantity = line.AppliedQuantity + units,
            AppliedQuantityAmount = line.AppliedQuantityAmount + amount,
            Amount = line.Amount + amount,
            DiscountAmount = line.DiscountAmount + amount,
            AppliedDiscountAmount = line.AppliedDiscountAmount + amount,
        };
        if (at < lines.Count)
        {
            lines[at] = line;
        }
        else
        {
            lines.Add(line);
        }

        return amount;
    }

    private static CartLine New(string unitType, DiscountSettings settings)
    {
        var product = settings.Products.GetValueOrDefault(unitType) ?? (unitType == FreeProduct.ShippingId ? FreeProduct.Shipping : Unknown(unitType));
        return new CartLine
        {
            ProductId = product.ProductId,
            ProductSourceId = product.ProductSourceId,
            ProductName = product.ProductName,
            SkuId = product.SkuId,
            SkuSourceId = product.SkuSourceId,
            SkuName = product.SkuName,
            Price = product.Price,
            Quantity = 0,
            InitialQuantity = 0,
        };
    }

    private static FreeProduct Unknown(string unitType) => unitType.StartsWith("sku_", StringComparison.Ordinal) ? new FreeProduct { SkuId = unitType } : new FreeProduct { ProductId = unitType };
}
