using Marketing.Catalogue;

namespace Marketing.Loyalties;

/// <summary>What time does to a member.</summary>
internal sealed partial class MemberBook
{
    // Years of days on which something happened, for a member nobody looked at.
    private const int MostNights = 10_000;

    // Periods that are remembered; a tier that holds longer is kept, and one below it is not known any more.
    private const int MostPeriods = 60;

    /// <summary>Makes points of some that wait, before their day.</summary>
    public MemberEntry Activate(PendingRow pending, PointsCause cause) => Activate(pending, cause, _today);

    /// <summary>Lets points wait.</summary>
    public void Wait(PendingRow pending, MemberEvent happened)
    {
        Touch(pending);
        _events.Add(happened with { Pending = pending, PendingBalance = State.Pending });
    }

    /// <summary>Changes how many of some points wait, or ends that they do.</summary>
    public void Change(PendingRow pending, string eventType)
    {
        Touch(pending with { UpdatedAt = _now });
        _events.Add(new MemberEvent(eventType) { Pending = _pending[pending.Id], PendingBalance = State.Pending });
    }

    /// <summary>Those that are known to wait.</summary>
    public PendingRow? FindWaiting(string id) => _pending.GetValueOrDefault(id);

    /// <summary>The member is new: puts what the card begins with on it, and looks at the tiers.</summary>
    /// <param name="points">How many that are.</param>
    public void Join(long points)
    {
        if (points > 0)
        {
            Add(PointsTypes.Addition, points, Program.Expiration?.EndOf(_today), PointsCause.Time with { Reason = "Points that the card begins with" });
        }
        else
        {
            RollPeriod(_today);
            MoveTier(_today);
        }
    }

    /// <summary>Looks at the tiers again, as after a change of the programme.</summary>
    public void LookAtTiers()
    {
        RollPeriod(_today);
        MoveTier(_today);
    }

    private void Settle(bool pauses)
    {
        for (var night = 0; night < MostNights && State.DueOn(Program.Tiering) is { } due && due <= _today; night++)
        {
            if (pauses && due == _today)
            {
                ActivateDue(due);
                return;
            }

            Night(due);
        }
    }

    // The order decides what comes out. What is redeemed by itself stands between the first two: whoever redeems pauses there.
    private void Night(DateOnly day)
    {
        ActivateDue(day);
        RollPeriod(day);
        MoveTier(day);
        Expire(day);
    }

    private void ActivateDue(DateOnly day)
    {
        foreach (var pending in _pending.Values.Where(one => one.IsWaiting && one.Day <= day).OrderBy(static one => one.Day).ThenBy(static one => one.Number).ToList())
        {
            Activate(pending, PointsCause.Time with { Details = PendingJson.DetailsOf(pending) }, day);
        }

        if (State.Activates <= day)
        {
            CountWaiting();
        }
    }

    private MemberEntry Activate(PendingRow pending, PointsCause cause, DateOnly day)
    {
        Touch(pending with { Status = PendingRow.Activated, UpdatedAt = _now });
        var entry = Add(PointsTypes.Activation, pending.Points, Program.EndOf(PendingJson.Read(pending).Rules, day), cause, counts: true, day);
        _events.Add(new MemberEvent(TriggerCatalogue.PendingActivated) { Entry = entry, Pending = _pending[pending.Id], PendingBalance = State.Pending });
        return entry;
    }

    private void Expire(DateOnly day)
    {
        var over = State.Buckets.TakeWhile(bucket => bucket.Ends < day).ToList();
        if (over.Count == 0)
        {
            return;
        }

        // All are the first ones.
        var entry = Take(PointsTypes.Expiration, over.Sum(static bucket => bucket.Points), PointsCause.Time, day)!;
        _events.Add(new MemberEvent(TriggerCatalogue.PointsExpired) { Entry = entry });
    }

    private void Touch(PendingRow pending)
    {
        _pending[pending.Id] = pending;
        _touched.Add(pending.Id);
        CountWaiting();
    }

    private void CountWaiting()
    {
        var waiting = _pending.Values.Where(static one => one.IsWaiting).ToList();
        State = State with { Pending = waiting.Sum(static one => one.Points), Activates = waiting.Min(static one => (DateOnly?)one.Day) };
    }

    // The latest first. What reaches no tier that may still hold is forgotten.
    private List<long> CollectedBefore(QualificationPeriod period, DateOnly since, DateOnly start)
    {
        var passed = Math.Clamp(period.Between(since, start), 1, MostPeriods);
        List<long> before = [.. Enumerable.Repeat(0L, passed - 1), State.Collected, State.CollectedBefore, .. State.CollectedEarlier];
        while (before.Count > 1 && (before.Count > MostPeriods || before[^1] == 0 || !MayHold(before.Count)))
        {
            before.RemoveAt(before.Count - 1);
        }

        return before;

        bool MayHold(int ago) => Program.Tiering.LastDayOf(period.Ago(start, Program.Tiering.StartsNextPeriod ? ago - 1 : ago)) >= start;
    }

    private void RollPeriod(DateOnly day)
    {
        if (Program.Tiering.Period is not { } period)
        {
            State = State.Period is null ? State : State with { Period = null, Collected = 0, CollectedBefore = 0, CollectedEarlier = [] };
            return;
        }

        var start = period.StartOf(day);
        if (State.Period is not { } since || start < since)
        {
            State = State with { Period = start };
        }
        else if (start > since)
        {
            var before = CollectedBefore(period, since, start);
            State = State with { Period = start, Collected = 0, CollectedBefore = before[0], CollectedEarlier = [.. before.Skip(1)] };
        }
    }
}
