namespace Marketing.Loyalties;

/// <summary>What a member had before the programme was here.</summary>
internal sealed partial class MemberBook
{
    /// <summary>Puts points on the card, and the member into a tier. Nobody is told and nothing is earned by it: it happened elsewhere, before. Points count for no period.</summary>
    /// <param name="points">How many; 0 for none.</param>
    /// <param name="ends">Their last day; null for ever.</param>
    /// <param name="tier">The tier; null where the points decide.</param>
    /// <param name="cause">Why.</param>
    public void Import(long points, DateOnly? ends, TierStanding? tier, PointsCause cause)
    {
        var told = _events.Count;
        if (tier is not null)
        {
            State = State with { Tier = tier };
        }

        if (points > 0)
        {
            Add(PointsTypes.Addition, points, ends, cause, counts: false);
        }
        else
        {
            LookAtTiers();
        }

        _events.RemoveRange(told, _events.Count - told);
    }
}
