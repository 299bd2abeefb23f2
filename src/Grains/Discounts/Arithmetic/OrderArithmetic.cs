using System.Diagnostics;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Discounts on the whole order.</summary>
internal static class OrderArithmetic
{
    public static Applied Apply(Discount discount, Cart cart, DiscountSettings settings)
    {
        var total = cart.TotalAmount;
        var (wanted, value) = Wanted(discount, cart, total, settings);
        var amount = Math.Min(wanted, total);
        return new Applied(cart with { DiscountAmount = cart.DiscountAmount + amount, AppliedDiscountAmount = amount }, amount) { HasEffect = amount > 0, Value = value, IsDynamic = value is not null };
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
