using System.Diagnostics;
using System.Runtime.InteropServices;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Discounts on lines.</summary>
internal static class ItemArithmetic
{
    public static Applied Apply(Discount discount, Applicability applicability, Cart cart, DiscountSettings settings)
    {
        var covered = Coverage.Of(applicability, cart, settings.IsOnce);
        var amounts = new long[covered.Count];
        var isDynamic = false;
        var value = discount switch
        {
            Discount.Amount { Effect: AmountEffect.ApplyToItemsProportionally or AmountEffect.ApplyToItemsProportionallyByQuantity } amount => Divide(amount, covered, amounts, cart, settings),
            Discount.Credits credits => Divide(credits.Worth, isByQuantity: false, covered, amounts, cart),
            _ => LineByLine(discount, covered, amounts, cart, settings, ref isDynamic),
        };
        return Done(cart, covered, amounts, settings) with { Value = value, IsDynamic = isDynamic || value is not null, Covered = [.. covered] };
    }

    private static Applied Done(Cart cart, List<CoveredLine> covered, long[] amounts, DiscountSettings settings)
    {
        var lines = new CartLine[cart.Lines.Length];
        var sum = 0L;
        for (var at = 0; at < amounts.Length; at++)
        {
            if (amounts[at] > 0)
            {
                var line = cart.Lines[covered[at].Index];
                lines[covered[at].Index] = line with
                {
                    DiscountAmount = line.DiscountAmount + amounts[at],
                    AppliedDiscountAmount = amounts[at],
                    AppliedDiscountQuantity = 0,
                    AppliedQuantity = 0,
                    AppliedQuantityAmount = 0,
                };
                sum += amounts[at];
            }
        }

        for (var at = 0; at < lines.Length; at++)
        {
            lines[at] ??= cart.Lines[at].Settled();
        }

        if (settings.IsOnce)
        {
            TakenProducts.Mark(lines);
        }

        return new Applied(cart with { AppliedDiscountAmount = 0, Lines = ImmutableCollectionsMarshal.AsImmutableArray(lines) }, sum) { HasEffect = sum > 0 };
    }

    private static decimal? LineByLine(Discount discount, List<CoveredLine> covered, long[] amounts, Cart cart, DiscountSettings settings, ref bool isDynamic)
    {
        var (formula, lineLimit, limit) = discount switch
        {
            Discount.Amount amount => (amount.Formula, null, amount.AggregatedLimit),
            Discount.Percent percent => (percent.Formula, percent.Limit, percent.AggregatedLimit),
            Discount.Fixed price => (price.Formula, null, null),
            _ => throw new UnreachableException(),
        };
        var value = formula is { IsOfLine: true } ? null : Value(discount, formula, cart, null, settings);

        // Whatever is left of any of these, the order's total among them, goes to the line that comes first.
        var left = Math.Min(limit ?? long.MaxValue, cart.TotalAmount);
        Dictionary<ApplicationRule, long>? leftOf = null;
        for (var at = 0; at < amounts.Length; at++)
        {
            var (index, units, by) = covered[at];
            var line = cart.Lines[index];
            var worth = Rounding.Part(line.SubtotalAmount, units, line.Quantity);
            var ofLine = formula is { IsOfLine: true } ? Value(discount, formula, cart, line, settings) : value;
            var price = discount is Discount.Fixed ? FormulaResults.Money(by.PriceFormula, settings.Data, cart, line) : null;
            isDynamic |= (ofLine ?? price) is not null;
            var amount = Wanted(discount, ofLine, price ?? by.Price, worth, line, units, settings);
            amount = Math.Min(Math.Min(amount, worth), Math.Min(lineLimit ?? long.MaxValue, by.AmountLimit ?? long.MaxValue));
            amount = Math.Min(amount, left);
            if (by.AggregatedAmountLimit is { } aggregated)
            {
                leftOf ??= new(ReferenceEqualityComparer.Instance);
                amount = Math.Min(amount, leftOf.GetValueOrDefault(by, aggregated));
                leftOf[by] = leftOf.GetValueOrDefault(by, aggregated) - amount;
            }

            left -= amount;
            amounts[at] = amount;
        }

        return value;
    }

    private static long Wanted(Discount discount, decimal? value, long? itsPrice, long worth, CartLine line, long units, DiscountSettings settings)
    {
        switch (discount)
        {
            case Discount.Amount amount:
                var off = (Int128)(value ?? amount.Off) * (amount.Effect == AmountEffect.ApplyToItemsByQuantity ? units : 1);
                return (long)Int128.Min(off, worth);
            case Discount.Percent percent:
                var of = settings.Mode == CalculationMode.InitialAmount ? line.InitialAmount : line.SubtotalAmount;
                return Rounding.Percent(of, value ?? percent.Off, units, line.Quantity);
            case Discount.Fixed price:
                // What it applies to may have a price of its own.
                var fixedAt = itsPrice ?? (long?)value ?? price.Price;
                return fixedAt is { } each ? (long)Int128.Max(0, worth - ((Int128)each * units)) : 0;
            default:
                throw new UnreachableException();
        }
    }

    private static decimal? Value(Discount discount, Formula? formula, Cart cart, CartLine? line, DiscountSettings settings) => discount is Discount.Percent
        ? FormulaResults.Percent(formula, settings.Data, cart, line)
        : FormulaResults.Money(formula, settings.Data, cart, line);

    private static decimal? Divide(Discount.Amount discount, List<CoveredLine> covered, long[] amounts, Cart cart, DiscountSettings settings)
    {
        var off = FormulaResults.Money(discount.Formula, settings.Data, cart, null);
        var amount = Math.Min(off ?? discount.Off, discount.AggregatedLimit ?? long.MaxValue);
        Divide(amount, discount.Effect == AmountEffect.ApplyToItemsProportionallyByQuantity, covered, amounts, cart);
        return off;
    }

    private static decimal? Divide(long amount, bool isByQuantity, List<CoveredLine> covered, long[] amounts, Cart cart)
    {
        var (weights, rooms) = (new long[amounts.Length], new long[amounts.Length]);
        Int128 room = 0;
        for (var at = 0; at < amounts.Length; at++)
        {
            var (index, units, by) = covered[at];
            var line = cart.Lines[index];
            weights[at] = isByQuantity ? units : Rounding.Part(line.Amount, units, line.Quantity);
            rooms[at] = Math.Min(Rounding.Part(line.SubtotalAmount, units, line.Quantity), by.AmountLimit ?? long.MaxValue);
            room += rooms[at];
        }

        amount = (long)Int128.Min(Math.Min(amount, cart.TotalAmount), room);
        if (covered is [{ By: { AggregatedAmountLimit: { } limit } one }, ..] && covered.TrueForAll(line => ReferenceEquals(line.By, one)))
        {
            amount = Math.Min(amount, limit);
        }

        Split.ByWeight(amount, weights, rooms, amounts);
        Cut(covered, amounts);
        return null;
    }

    // Where several rules divide one amount, each keeps to its own limit, and what is over is lost.
    private static void Cut(List<CoveredLine> covered, long[] amounts)
    {
        foreach (var rule in covered.Select(line => line.By).Where(by => by.AggregatedAmountLimit is not null).Distinct(ReferenceEqualityComparer.Instance).Cast<ApplicationRule>())
        {
            var left = rule.AggregatedAmountLimit!.Value;
            for (var at = 0; at < amounts.Length; at++)
            {
                if (ReferenceEquals(covered[at].By, rule))
                {
                    amounts[at] = Math.Min(amounts[at], left);
                    left -= amounts[at];
                }
            }
        }
    }
}
