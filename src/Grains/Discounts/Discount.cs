using System.Collections.Immutable;

namespace Marketing.Discounts;

/// <summary>
/// What a code, a promotion or a gift card takes off. Parsed once, by <see cref="DiscountReader"/>; applied by <see cref="DiscountEngine"/>. Amounts in minor units. A value beside a
/// formula is what holds where the formula has none.
/// </summary>
internal abstract record Discount
{
    private Discount()
    {
    }

    /// <summary>An amount off the order, each line, each unit, or divided among the lines.</summary>
    /// <param name="Off">How much.</param>
    /// <param name="Effect">Off what.</param>
    internal sealed record Amount(long Off, AmountEffect Effect) : Discount
    {
        public Formula? Formula { get; init; }

        /// <summary>The most of it for all lines together, or for the order.</summary>
        public long? AggregatedLimit { get; init; }
    }

    /// <summary>A part of the order or of each line.</summary>
    /// <param name="Off">Percent, 0 to 100.</param>
    /// <param name="Effect">Off what.</param>
    internal sealed record Percent(decimal Off, PlainEffect Effect) : Discount
    {
        public Formula? Formula { get; init; }

        /// <summary>The most for the order, or for each line.</summary>
        public long? Limit { get; init; }

        /// <summary>The most for all lines together, or for the order.</summary>
        public long? AggregatedLimit { get; init; }
    }

    /// <summary>A new price of the order, or of each unit.</summary>
    /// <param name="Price">The new price; of a unit, where what the discount applies to says none. Null where it says all.</param>
    /// <param name="Effect">Of what.</param>
    internal sealed record Fixed(long? Price, PlainEffect Effect) : Discount
    {
        public Formula? Formula { get; init; }
    }

    /// <summary>Units for nothing.</summary>
    /// <param name="Units">One after the other; each sees what those before it have claimed.</param>
    /// <param name="IsMany">Whether it is written as a list, however short.</param>
    internal sealed record Unit(ImmutableArray<FreeUnits> Units, bool IsMany) : Discount;

    /// <summary>Credits of a gift card: as much of them as there is to pay.</summary>
    /// <param name="Worth">How many there are to spend.</param>
    /// <param name="Effect">What they pay: the order, or only what the card applies to.</param>
    internal sealed record Credits(long Worth, PlainEffect Effect) : Discount;
}

/// <summary>Units of one product or SKU that are given away.</summary>
/// <param name="Off">How many.</param>
/// <param name="UnitType">Id of the product or SKU.</param>
/// <param name="Effect">Whether those count that are in the cart.</param>
internal sealed record FreeUnits(long Off, string UnitType, UnitEffect Effect)
{
    public Formula? Formula { get; init; }
}
