using System.Collections.Immutable;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>What a discount did to a cart.</summary>
/// <param name="After">The cart with it; what is applied there is of this discount only.</param>
/// <param name="Amount">What it took off, order and lines together.</param>
internal sealed record Applied(Cart After, long Amount)
{
    /// <summary>Whether anything came of it. A free unit that costs nothing is something.</summary>
    public bool HasEffect { get; init; }

    /// <summary>The value a formula gave for the whole discount, in the discount's own unit: minor units, percent or units. Null where a fixed value or the fallback held, or each line had its own.</summary>
    public decimal? Value { get; init; }

    /// <summary>Whether a formula had a value, for the whole discount or for one of its lines.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>The lines that are under the discount, in the order in which it was applied to them.</summary>
    public ImmutableArray<CoveredLine> Covered { get; init; } = [];

    /// <summary>Why it is not to be computed: a cart would become larger than there may be. Nothing was done.</summary>
    public string? Refusal { get; init; }
}

/// <summary>A line under a discount.</summary>
/// <param name="Index">Its place in the cart, from 0.</param>
/// <param name="Units">How many units of it.</param>
/// <param name="By">Which rule put it there.</param>
internal sealed record CoveredLine(int Index, long Units, ApplicationRule By)
{
    /// <summary>Its place among the units of the rule, in order of application, from 0; what tells which units of the line are meant.</summary>
    public long FirstUnit { get; init; }

    /// <summary>Which units, from 1 and in their order, where a rule is about units.</summary>
    /// <param name="quantity">How many the line has.</param>
    public IEnumerable<long> Positions(long quantity)
    {
        var left = Units;
        for (var at = 0L; at < quantity && left > 0; at++)
        {
            if (Coverage.IsCovered(By, FirstUnit + at))
            {
                left--;
                yield return at + 1;
            }
        }
    }
}
