using Marketing.Catalogue;

namespace Marketing.Loyalties;

/// <summary>What is going to happen to a member, for those who want to know it ahead. What was told is remembered with the member, so that it is once, however often it is looked at.</summary>
internal sealed partial class MemberBook
{
    /// <summary>Tells what is wanted and was not told yet.</summary>
    public void LookAhead(IReadOnlyList<WantedAhead> wanted)
    {
        if (!IsHolders || (wanted.Count == 0 && State.Told.IsEmpty))
        {
            return;
        }

        var next = Program.NextOf(State);
        var told = State.Told.RemoveAll(one => one.Until < _today || (one.Type == TriggerCatalogue.TierNear && (next is not { } near || near.Tier.Id != one.Of || near.Distance > one.Within)));
        foreach (var want in wanted)
        {
            foreach (var (of, until, happened) in Ahead(want, next))
            {
                if (!told.Any(one => one.Type == want.Type && one.Within == want.Within && one.Of == of))
                {
                    told = told.Add(new ToldAhead(want.Type, want.Within, of, until));
                    _events.Add(happened with { Within = want.Within });
                }
            }
        }

        if (told != State.Told)
        {
            State = State with { Told = told };
        }
    }

    private IEnumerable<(string Of, DateOnly? Until, MemberEvent Happened)> Ahead(WantedAhead want, (LoyaltyTierEntry Tier, long Distance)? next)
    {
        switch (want.Type)
        {
            case TriggerCatalogue.PointsExpireSoon:
                foreach (var bucket in State.Buckets)
                {
                    if (bucket.Ends is { } ends && IsWithin(ends, want.Within))
                    {
                        yield return (LoyaltyJson.Day(ends), ends, new MemberEvent(want.Type) { Bucket = bucket });
                    }
                }

                break;
            case TriggerCatalogue.TierExpiresSoon when State.Tier is { Ends: { } last } tier && IsWithin(last, want.Within) && IsLostAfter(last, tier):
                yield return ($"{tier.Tier}/{LoyaltyJson.Day(last)}", last, new MemberEvent(want.Type) { Tier = tier });
                break;
            case TriggerCatalogue.TierNear when next is { } near && near.Distance > 0 && near.Distance <= want.Within:
                yield return (near.Tier.Id, null, new MemberEvent(want.Type) { Next = near.Tier });
                break;
        }
    }

    private bool IsWithin(DateOnly day, long days) => day >= _today && day.AddDays(-(int)days) <= _today;

    // By what there is now: whoever has enough for it to be prolonged does not lose it.
    private bool IsLostAfter(DateOnly last, TierStanding tier) =>
        new MemberBook(_row with { Document = (State with { Untold = 0 }).Write() }, Program, _pending.Values, last.AddDays(1), _now, isHolders: true).State.Tier is not { } then || then.From < tier.From;
}
