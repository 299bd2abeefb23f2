using System.Runtime.InteropServices;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Which lines and how many of their units are under a discount.</summary>
internal static class Coverage
{
    /// <summary>The lines, rule by rule, in the order in which the discount is applied to them.</summary>
    public static List<CoveredLine> Of(Applicability applicability, Cart cart, bool isOnce)
    {
        var covered = new List<CoveredLine>(cart.Lines.Length);
        var ruled = RuledBy(applicability, cart, isOnce);
        for (var rule = 0; rule < applicability.Included.Length; rule++)
        {
            var matching = new List<int>();
            for (var at = 0; at < ruled.Length; at++)
            {
                if (ruled[at] == rule)
                {
                    matching.Add(at);
                }
            }

            var items = applicability.Included[rule];
            Sort(matching, cart, items.Effect);
            if (items.Target == ApplicationTarget.Unit)
            {
                AddUnits(covered, matching, cart, items);
            }
            else
            {
                AddLines(covered, matching, cart, items);
            }
        }

        return covered;
    }

    /// <summary>Whether a rule is about what stands at a place, counted from 0 in the rule's order.</summary>
    public static bool IsCovered(ApplicationRule items, long place) =>
        place >= items.Skip && (IsOne(items.Effect) ? place == items.Skip : (place - items.Skip) % items.Repeat == 0);

    // Of each line the first rule that includes it, or -1.
    private static int[] RuledBy(Applicability applicability, Cart cart, bool isOnce)
    {
        var ruled = new int[cart.Lines.Length];
        for (var at = 0; at < ruled.Length; at++)
        {
            var line = cart.Lines[at];
            ruled[at] = -1;
            if ((isOnce && line.IsTaken) || applicability.IsExcluded?.Invoke(line) == true)
            {
                continue;
            }

            for (var rule = 0; rule < applicability.Included.Length && ruled[at] < 0; rule++)
            {
                ruled[at] = applicability.Included[rule].Matches?.Invoke(line) == false ? -1 : rule;
            }
        }

        return ruled;
    }

    // Where prices are equal, what is left of the line decides, and then which comes first.
    private static void Sort(List<int> matching, Cart cart, ApplicationEffect effect)
    {
        var sign = effect switch
        {
            ApplicationEffect.ApplyToCheapest or ApplicationEffect.ApplyFromCheapest => 1,
            ApplicationEffect.ApplyToMostExpensive or ApplicationEffect.ApplyFromMostExpensive => -1,
            _ => 0,
        };
        if (sign != 0)
        {
            CollectionsMarshal.AsSpan(matching).Sort((one, other) => (sign * cart.Lines[one].Price.CompareTo(cart.Lines[other].Price)) switch
            {
                0 when cart.Lines[one].SubtotalAmount.CompareTo(cart.Lines[other].SubtotalAmount) is not 0 and var byRest => byRest,
                0 => one.CompareTo(other),
                var byPrice => byPrice,
            });
        }
    }

    private static void AddLines(List<CoveredLine> covered, List<int> matching, Cart cart, ApplicationRule items)
    {
        var left = items.AggregatedQuantityLimit ?? long.MaxValue;
        for (var place = 0; place < matching.Count; place++)
        {
            if (IsCovered(items, place))
            {
                Add(covered, new CoveredLine(matching[place], cart.Lines[matching[place]].Quantity, items), ref left);
            }
        }
    }

    private static void AddUnits(List<CoveredLine> covered, List<int> matching, Cart cart, ApplicationRule items)
    {
        var left = items.AggregatedQuantityLimit ?? long.MaxValue;
        var first = 0L;
        foreach (var index in matching)
        {
            var quantity = cart.Lines[index].Quantity;
            var units = CoveredBefore(items, first + quantity) - CoveredBefore(items, first);
            if (units > 0)
            {
                Add(covered, new CoveredLine(index, units, items) { FirstUnit = first }, ref left);
            }

            first += quantity;
        }
    }

    private static void Add(List<CoveredLine> covered, CoveredLine line, ref long left)
    {
        var units = Math.Min(Math.Min(line.Units, line.By.QuantityLimit ?? long.MaxValue), left);
        left -= units;
        if (units > 0)
        {
            covered.Add(units == line.Units ? line : line with { Units = units });
        }
    }

    private static long CoveredBefore(ApplicationRule items, long place) => (place - items.Skip, IsOne(items.Effect)) switch
    {
        ( <= 0, _) => 0,
        (_, true) => 1,
        var (counted, _) => ((counted - 1) / items.Repeat) + 1,
    };

    private static bool IsOne(ApplicationEffect effect) => effect is ApplicationEffect.ApplyToCheapest or ApplicationEffect.ApplyToMostExpensive;
}
