namespace Marketing.Promotions;

/// <summary>The places of the tiers of a campaign, of which no two are the same. Pure.</summary>
internal static class PromotionOrder
{
    /// <summary>The place of a tier, and the other tiers that have to give way with their new places.</summary>
    /// <param name="others">The other tiers of the campaign.</param>
    /// <param name="present">Where it was; null for a new one.</param>
    /// <param name="wanted">Where it is to be; null where that is not said.</param>
    public static (int Place, IReadOnlyList<PromotionTierRow> Moved) Place(IReadOnlyCollection<PromotionTierRow> others, int? present, int? wanted)
    {
        var place = wanted ?? present ?? others.Select(static tier => tier.Hierarchy).DefaultIfEmpty(0).Max() + 1;
        return others.All(tier => tier.Hierarchy != place) ? (place, []) : (place, present is { } from ? Close(others, from, place) : Open(others, place));
    }

    // Those from the place on go one further, up to where a place is free.
    private static List<PromotionTierRow> Open(IReadOnlyCollection<PromotionTierRow> others, int place)
    {
        var moved = new List<PromotionTierRow>();
        foreach (var tier in others.Where(tier => tier.Hierarchy >= place).OrderBy(static tier => tier.Hierarchy))
        {
            if (tier.Hierarchy != place + moved.Count)
            {
                break;
            }

            moved.Add(tier with { Hierarchy = tier.Hierarchy + 1 });
        }

        return moved;
    }

    // Those between where it was and where it is to be take the place of their neighbour, so that the gap is closed.
    private static List<PromotionTierRow> Close(IReadOnlyCollection<PromotionTierRow> others, int from, int to)
    {
        var between = from < to
            ? others.Where(tier => tier.Hierarchy > from && tier.Hierarchy <= to).OrderBy(static tier => tier.Hierarchy)
            : others.Where(tier => tier.Hierarchy >= to && tier.Hierarchy < from).OrderByDescending(static tier => tier.Hierarchy);
        var moved = new List<PromotionTierRow>();
        var free = from;
        foreach (var tier in between)
        {
            moved.Add(tier with { Hierarchy = free });
            free = tier.Hierarchy;
        }

        return moved;
    }
}
