namespace Marketing.Loyalties;

/// <summary>Who is in which tier. Pure.</summary>
internal static class TierRules
{
    /// <summary>The highest tier that so many points reach; null where they reach none.</summary>
    /// <param name="tiers">By where they begin, the lowest first.</param>
    /// <param name="points">Points.</param>
    public static TierRange? Reached(IReadOnlyList<TierRange> tiers, long points)
    {
        for (var at = tiers.Count - 1; at >= 0; at--)
        {
            if (tiers[at].From <= points)
            {
                return tiers[at];
            }
        }

        return null;
    }

    /// <summary>
    /// The tier after whatever happened. One that has a last day is kept until then, unless a higher one is reached; one without goes as the balance does. What was taken out of the programme is lost at once.
    /// </summary>
    /// <param name="program">The programme's.</param>
    /// <param name="tiers">Its tiers, the lowest first.</param>
    /// <param name="points">What the member has.</param>
    /// <param name="present">Where the member is.</param>
    /// <param name="today">In the project's calendar.</param>
    /// <param name="now">When.</param>
    public static (TierStanding? Standing, TierMove Move) Next(
        TierProgram program, IReadOnlyList<TierRange> tiers, TierPoints points, TierStanding? present, DateOnly today, DateTimeOffset now)
    {
        var best = Best(program, tiers, points, today);
        if (present is null)
        {
            return best is { } first ? (Standing(first, today, now), TierMove.Joined) : (null, TierMove.None);
        }

        var isThere = tiers.Any(tier => tier.Id == present.Tier);
        var holds = isThere && present.Ends is { } last && last >= today;
        if (best is not { } found)
        {
            return holds ? (present, TierMove.None) : (null, TierMove.Left);
        }

        if (found.Tier.Id == present.Tier)
        {
            // One that goes by the balance is prolonged when its time is over and not before.
            var isLonger = program.Period is null ? !holds && found.Ends is not null && present.Ends is not null : found.Ends > present.Ends;
            return isLonger ? (present with { Ends = found.Ends, UpdatedAt = now }, TierMove.Prolonged)
                : holds || (present.Ends is null) == (found.Ends is null) ? (present, TierMove.None)
                : (present with { Ends = found.Ends, UpdatedAt = now }, TierMove.None);
        }

        return holds && found.Tier.From <= present.From
            ? (present, TierMove.None)
            : (Standing(found, today, now), found.Tier.From > present.From ? TierMove.Upgraded : TierMove.Downgraded);
    }

    // It begins on the day on which the member comes into it, also where it was reached long before, below another one.
    private static TierStanding Standing((TierRange Tier, DateOnly? Ends) found, DateOnly today, DateTimeOffset now) => new(found.Tier.Id, found.Tier.From, today, found.Ends, now, null);

    // Of those that were reached now or in a period before, the highest that holds today; of one tier the longest.
    private static (TierRange Tier, DateOnly? Ends)? Best(TierProgram program, IReadOnlyList<TierRange> tiers, TierPoints points, DateOnly today)
    {
        if (program.Period is not { } period)
        {
            return Reached(tiers, points.Balance) is { } reached ? (reached, program.LastDayOf(today)) : null;
        }

        (TierRange Tier, DateOnly? Ends)? best = null;
        for (var ago = 0; ago < 2 + (points.Earlier?.Count ?? 0); ago++)
        {
            if (Reached(tiers, points.CollectedIn(ago)) is not { } tier)
            {
                continue;
            }

            var starts = program.StartsNextPeriod ? period.Ago(points.Period, ago - 1) : ago == 0 ? today : period.Ago(points.Period, ago);
            var ends = program.LastDayOf(starts);
            if (starts <= today && ends >= today && (best is null || (tier.From, ends).CompareTo((best.Value.Tier.From, best.Value.Ends)) > 0))
            {
                best = (tier, ends);
            }
        }

        return best;
    }
}
