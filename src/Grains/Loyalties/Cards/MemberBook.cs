using Marketing.Catalogue;

namespace Marketing.Loyalties;

/// <summary>
/// What is done to one member, from the row as it was read to the row as it is to be written. Whatever days passed in between are gone through first, one after the other, so that it comes to the same whether the nights
/// were on time or not. Decides only: numbers, storage and JSON are its user's.
/// </summary>
internal sealed partial class MemberBook
{
    private readonly MemberRow _row;
    private readonly DateOnly _today;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, PendingRow> _pending;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly List<MemberEntry> _entries = [];
    private readonly List<MemberEvent> _events = [];

    /// <param name="row">As it was read.</param>
    /// <param name="program">The programme.</param>
    /// <param name="waiting">All of the member's points that wait.</param>
    /// <param name="today">In the project's calendar.</param>
    /// <param name="now">When.</param>
    /// <param name="isHolders">Whether the holder hears of it in the same commit.</param>
    /// <param name="pauses">Whether today's night is gone through only up to what the card redeems by itself.</param>
    public MemberBook(MemberRow row, LoyaltyProgram program, IEnumerable<PendingRow> waiting, DateOnly today, DateTimeOffset now, bool isHolders, bool pauses = false)
    {
        (_row, Program, _today, _now, IsHolders) = (row, program, today, now, isHolders);
        _pending = waiting.ToDictionary(static one => one.Id, StringComparer.Ordinal);
        State = Before = MemberState.Read(row.Document);
        if (isHolders)
        {
            Settle(pauses);
            if (Before.Untold != 0)
            {
                LookAtTiers();
            }
        }
    }

    public MemberRow Row => _row;

    public LoyaltyProgram Program { get; }

    public DateOnly Today => _today;

    /// <summary>Whether the holder hears of it in the same commit. Of another holder's card nothing but points may change: the night sees to the rest.</summary>
    public bool IsHolders { get; }

    /// <summary>As it was read.</summary>
    public MemberState Before { get; }

    public MemberState State { get; private set; }

    public IReadOnlyList<MemberEntry> Entries => _entries;

    public IReadOnlyList<MemberEvent> Events => _events;

    /// <summary>The points from which on the card redeems by itself, in the member's tier; null for never.</summary>
    public Func<LoyaltyTierEntry?, long?> AutoCost { get; init; } = static _ => null;

    /// <summary>Points that wait, or did, and are to be written.</summary>
    public IEnumerable<PendingRow> Touched => _touched.Select(id => _pending[id]);

    public bool IsChanged => _entries.Count > 0 || _events.Count > 0 || _touched.Count > 0 || !ReferenceEquals(State, Before) || _row.Version == 0 || (IsHolders && _row.DueOn <= MemberRow.Stored(_today));

    /// <summary>The row as it is to be written.</summary>
    public MemberRow After()
    {
        var redeems = AutoCost(Program.Find(State.Tier?.Tier)) <= State.Balance;
        var told = State with { Untold = IsHolders ? 0 : State.Untold + State.Balance - Before.Balance, AutoDue = redeems ? State.AutoDue ?? _today.AddDays(1) : null };
        DateOnly?[] days = [told.Untold != 0 ? _today : told.DueOn(Program.Tiering), told.AutoDue];
        return _row with { Document = told.Write(), DueOn = MemberRow.Stored(days.Min()), UpdatedAt = _row.Version == 0 ? null : _now };
    }

    /// <summary>What the card redeems by itself is done for today; where there are points left it comes again tomorrow.</summary>
    public void EndAutoRedemption() => State = State with { AutoDue = null };

    /// <summary>Puts points on the card.</summary>
    /// <param name="type">One of <see cref="PointsTypes"/>.</param>
    /// <param name="points">How many, at least 1.</param>
    /// <param name="ends">Their last day; null for ever.</param>
    /// <param name="cause">Why.</param>
    /// <param name="counts">Whether they count for tiers that go by the points of a period.</param>
    public MemberEntry Add(string type, long points, DateOnly? ends, PointsCause cause, bool counts = true) => Add(type, points, ends, cause, counts, _today);

    /// <summary>Takes points off the card, those first that end first; null where there are not so many.</summary>
    public MemberEntry? Take(string type, long points, PointsCause cause) => Take(type, points, cause, _today);

    /// <summary>Gives points back that were spent, into the buckets they came from. One whose end has passed meanwhile ends with the next night.</summary>
    public MemberEntry Return(IReadOnlyList<BucketPart> spent, PointsCause cause)
    {
        var parts = new List<BucketPart>(spent.Count);
        foreach (var part in spent)
        {
            parts.Add(Fill(-part.Points, part.Ends));
        }

        var points = parts.Sum(static part => part.Points);
        State = State with { Redeemed = State.Redeemed - points };
        var entry = Enter(PointsTypes.Refund, points, cause, parts);
        MoveTier(_today);
        return entry;
    }

    /// <summary>Tells whoever listens of a change of points.</summary>
    public void Tell(MemberEvent happened) => _events.Add(happened);

    private MemberEntry? Take(string type, long points, PointsCause cause, DateOnly day)
    {
        if (points > State.Balance)
        {
            return null;
        }

        var parts = new List<BucketPart>();
        var left = points;
        var buckets = State.Buckets;
        while (left > 0)
        {
            var first = buckets[0];
            var taken = Math.Min(first.Points, left);
            parts.Add(new BucketPart(first.Id, -taken, first.Ends));
            buckets = taken == first.Points ? buckets.RemoveAt(0) : buckets.SetItem(0, first with { Points = first.Points - taken, UpdatedAt = _now });
            left -= taken;
        }

        State = State with
        {
            Buckets = buckets,
            Redeemed = State.Redeemed + (type == PointsTypes.Redemption ? points : 0),
            Expired = State.Expired + (type == PointsTypes.Expiration ? points : 0),
            Subtracted = State.Subtracted + (type is PointsTypes.Removal or PointsTypes.TransferOut ? points : 0),
        };
        var entry = Enter(type, -points, cause, parts);
        MoveTier(day);
        return entry;
    }

    private MemberEntry Add(string type, long points, DateOnly? ends, PointsCause cause, bool counts, DateOnly day)
    {
        RollPeriod(day);
        var part = Fill(points, ends);
        State = counts && State.Period is not null ? State with { Collected = State.Collected + points } : State;
        var entry = Enter(type, points, cause, [part]);
        MoveTier(day);
        return entry;
    }

    private BucketPart Fill(long points, DateOnly? ends)
    {
        var at = 0;
        while (at < State.Buckets.Length && IsEarlier(State.Buckets[at].Ends, ends))
        {
            at++;
        }

        var buckets = State.Buckets;
        var bucket = at < buckets.Length && buckets[at].Ends == ends ? buckets[at] : null;
        var id = bucket?.Id ?? ObjectIds.FromSource("lopb_", Program.Project, $"{_row.Id}\n{ends?.DayNumber}");
        State = State with
        {
            Buckets = bucket is null
                ? buckets.Insert(at, new PointsBucket(id, points, ends, _now, null))
                : buckets.SetItem(at, bucket with { Points = bucket.Points + points, UpdatedAt = _now }),
        };
        return new BucketPart(id, points, ends);
    }

    private MemberEntry Enter(string type, long points, PointsCause cause, IReadOnlyList<BucketPart> parts)
    {
        var entry = new MemberEntry { Type = type, Points = points, Cause = cause, Buckets = parts, Balance = State.Balance, Total = State.Total };
        _entries.Add(entry);
        return entry;
    }

    private void MoveTier(DateOnly day)
    {
        if (!IsHolders)
        {
            return;
        }

        var present = State.Tier;
        var points = new TierPoints(State.Balance, State.Period ?? default, State.Collected, State.CollectedBefore, State.CollectedEarlier);
        var (standing, move) = TierRules.Next(Program.Tiering, Program.Ranges, points, present, day, _now);
        if (standing != present)
        {
            State = State with { Tier = standing };
        }

        MemberEvent? happened = move switch
        {
            TierMove.Joined => new MemberEvent(TriggerCatalogue.TierJoined) { Tier = standing },
            TierMove.Left => new MemberEvent(TriggerCatalogue.TierLeft) { Tier = present },
            TierMove.Upgraded => new MemberEvent(TriggerCatalogue.TierUpgraded) { Tier = standing, From = present },
            TierMove.Downgraded => new MemberEvent(TriggerCatalogue.TierDowngraded) { Tier = standing, From = present },
            TierMove.Prolonged => new MemberEvent(TriggerCatalogue.TierProlonged) { Tier = standing },
            _ => null,
        };
        if (happened is not null)
        {
            _events.Add(happened);
        }
    }

    // What never ends comes last.
    private static bool IsEarlier(DateOnly? one, DateOnly? other) => one is { } known && (other is not { } than || known < than);
}
