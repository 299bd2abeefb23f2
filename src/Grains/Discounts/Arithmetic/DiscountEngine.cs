using System.Diagnostics;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Applies discounts to carts. Pure: the cart it is given is as it was.</summary>
internal static class DiscountEngine
{
    /// <summary>The cart with the discount.</summary>
    /// <param name="discount">What is taken off.</param>
    /// <param name="applicability">Off which lines, for a discount on items; nothing to one on the order, or one that gives units away.</param>
    /// <param name="cart">What earlier discounts have left.</param>
    /// <param name="settings">What else it has to know.</param>
    public static Applied Apply(Discount discount, Applicability applicability, Cart cart, DiscountSettings settings)
    {
        return discount switch
        {
            Discount.Unit unit => UnitArithmetic.Apply(unit, cart.Settled(), settings),
            Discount.Amount { Effect: AmountEffect.ApplyToOrder } or Discount.Percent { Effect: PlainEffect.ApplyToOrder }
                or Discount.Fixed { Effect: PlainEffect.ApplyToOrder } or Discount.Credits { Effect: PlainEffect.ApplyToOrder } => OrderArithmetic.Apply(discount, cart.Settled(), settings),
            _ => ItemArithmetic.Apply(discount, applicability, cart, settings),
        };
    }
}

/// <summary>Discounts on the whole order.</summary>
internal static class OrderArithmetic
{
    public static Applied Apply(Discount discount, Cart cart, DiscountSettings settings)
    {
        var total = cart.TotalAmount;
        var (wanted, value) = Wanted(discount, cart, total, settings);
        var amount = Math.Min(wanted, total);
        return new Applied(cart with { DiscountAmount = cart.DiscountAmount + amount, AppliedDiscountAmount = amount }, amount) { HasEffect = amount > 0, Value = value };
    }

    private static (long Wanted, decimal? Value) Wanted(Discount discount, Cart cart, long total, DiscountSettings settings)
    {
        switch (discount)
        {
            case Discount.Amount amount:
                var off = FormulaResults.Money(amount.Formula, settings.Data, cart, null);
                return (Math.Min(off ?? amount.Off, amount.AggregatedLimit ?? long.MaxValue), off);
            case Discount.Percent percent:
                var part = FormulaResults.Percent(percent.Formula, settings.Data, cart, null);
                var of = settings.Mode == CalculationMode.InitialAmount ? cart.InitialAmount : total;
                var most = Math.Min(percent.Limit ?? long.MaxValue, percent.AggregatedLimit ?? long.MaxValue);
                return (Math.Min(Rounding.Percent(of, part ?? percent.Off, 1, 1), most), part);
            case Discount.Fixed price:
                var fixedAt = FormulaResults.Money(price.Formula, settings.Data, cart, null);
                return (Math.Max(0, total - (fixedAt ?? price.Price ?? total)), fixedAt);
            case Discount.Credits credits:
                return (credits.Worth, null);
            default:
                throw new UnreachableException();
        }
    }
}
