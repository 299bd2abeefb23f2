using System.Collections.Immutable;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Which lines a discount on items may touch, and how.</summary>
internal sealed record Applicability
{
    public static readonly Applicability Everything = new();

    /// <summary>What is included. A line is under the first that matches it, and under no other.</summary>
    public ImmutableArray<ApplicationRule> Included { get; init; } = [new ApplicationRule()];

    /// <summary>Lines that are not touched whatever includes them; null where there are none.</summary>
    public Func<CartLine, bool>? IsExcluded { get; init; }
}

/// <summary>Lines that are under one application rule.</summary>
internal sealed record ApplicationRule
{
    /// <summary>Which lines; null for all.</summary>
    public Func<CartLine, bool>? Matches { get; init; }

    public ApplicationEffect Effect { get; init; }

    public ApplicationTarget Target { get; init; }

    /// <summary>Of those that are not skipped, the first, and then every so many-th; at least 1.</summary>
    public long Repeat { get; init; } = 1;

    /// <summary>How many of them, lines or units, are left out at the beginning.</summary>
    public long Skip { get; init; }

    /// <summary>The most units of a line.</summary>
    public long? QuantityLimit { get; init; }

    /// <summary>The most units of all lines together.</summary>
    public long? AggregatedQuantityLimit { get; init; }

    /// <summary>The most off a line.</summary>
    public long? AmountLimit { get; init; }

    /// <summary>The most off all lines together.</summary>
    public long? AggregatedAmountLimit { get; init; }

    /// <summary>The new price of a unit, for a discount that is one; null where the discount says it.</summary>
    public long? Price { get; init; }

    /// <summary>The same, computed for each line; <see cref="Price"/> where it has no value.</summary>
    public Formula? PriceFormula { get; init; }
}

/// <summary>Which of the matching lines or units it is about, and in what order.</summary>
internal enum ApplicationEffect
{
    /// <summary>As they stand in the order.</summary>
    ApplyToEvery,

    /// <summary>The cheapest alone.</summary>
    ApplyToCheapest,
    ApplyFromCheapest,

    /// <summary>The most expensive alone.</summary>
    ApplyToMostExpensive,
    ApplyFromMostExpensive,
}

/// <summary>What is counted.</summary>
internal enum ApplicationTarget
{
    Item,
    Unit,
}
