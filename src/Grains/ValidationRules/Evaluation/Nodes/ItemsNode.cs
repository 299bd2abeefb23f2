using Marketing.Carts;

namespace Marketing.ValidationRules;

/// <summary>Lines of the order, by what is in them; the conditions within it are about those that were found.</summary>
internal sealed class ItemsNode(RuleFailure failure, RuleSet nested, ItemTest test, ItemChoice choice) : RuleNode(failure, nested)
{
    public override RuleFailure? WhyNot(RuleRun run, in RuleLines lines)
    {
        if (run.Subject.Order is null)
        {
            return Lacking(RuleLack.Order);
        }

        var items = lines.Items;
        if (choice is ItemChoice.None)
        {
            return HasSome(run, [.. items.Where(test.Meets)]) ? Failure : null;
        }

        List<CartLine> found = choice switch
        {
            ItemChoice.Cheapest => Extremes(items, static (price, best) => price < best),
            ItemChoice.MostExpensive => Extremes(items, static (price, best) => price > best),
            _ => [.. items.Where(test.Meets)],
        };
        return found.Count == 0 || (choice is ItemChoice.Every && found.Count < items.Count)
            ? Failure
            : Nested.WhyNot(run, new RuleLines(found, Each: choice is not ItemChoice.Any));
    }

    private bool HasSome(RuleRun run, List<CartLine> found) => found.Count > 0 && Nested.WhyNot(run, new RuleLines(found, Each: false)) is null;

    // All that cost the same as the cheapest are the cheapest; of them, those that are asked for.
    private List<CartLine> Extremes(IReadOnlyList<CartLine> items, Func<long, long, bool> isBetter)
    {
        List<CartLine> best = [];
        foreach (var line in items)
        {
            if (!test.IsFrom(line))
            {
                continue;
            }

            if (best.Count > 0 && isBetter(line.Price, best[0].Price))
            {
                best.Clear();
            }

            if (best.Count == 0 || line.Price == best[0].Price)
            {
                best.Add(line);
            }
        }

        best.RemoveAll(line => !test.Is(line));
        return best;
    }
}

/// <summary>Which lines a condition is about.</summary>
internal enum ItemChoice
{
    /// <summary>Those that match; one is enough.</summary>
    Any,

    /// <summary>All must match.</summary>
    Every,

    /// <summary>No line may match, nor, with conditions within it, may those that match meet them.</summary>
    None,
    Cheapest,
    MostExpensive,
}
