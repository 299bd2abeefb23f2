using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>What the value of a formula means for a discount, in the discount's own unit; null where the fallback holds.</summary>
internal static class FormulaResults
{
    private const decimal MinorUnits = 100;

    /// <summary>Money in minor units.</summary>
    public static long? Money(Formula? formula, FormulaData data, Cart cart, CartLine? line) =>
        formula?.Evaluate(data, cart, line) is { } major ? Rounding.Whole(Math.Min(major, CartLimits.Amount) * MinorUnits, CartLimits.Amount) : null;

    /// <summary>Percent, kept within 0 and 100.</summary>
    public static decimal? Percent(Formula? formula, FormulaData data, Cart cart, CartLine? line) =>
        formula?.Evaluate(data, cart, line) is { } percent ? Math.Clamp(percent, 0, 100) : null;

    /// <summary>Units.</summary>
    public static decimal? Units(Formula? formula, FormulaData data, Cart cart) =>
        formula?.Evaluate(data, cart, null) is { } units ? Rounding.Whole(units, CartLimits.Quantity) : null;
}
