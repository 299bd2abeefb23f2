namespace Marketing.Filters;

/// <summary>A filter, understood once. Immutable; asked through a <see cref="FilterSet"/>.</summary>
internal sealed class Filter
{
    private readonly FieldClause[] _clauses;
    private readonly bool _anyIsEnough;

    // The same filter as it was read before, in another time zone, and the UTC ticks at which that ended.
    private readonly Filter? _earlier;
    private readonly long _since;

    /// <param name="clauses">One per field.</param>
    /// <param name="anyIsEnough">Junction "or".</param>
    internal Filter(IReadOnlyList<FieldClause> clauses, bool anyIsEnough)
    {
        _clauses = [.. clauses];
        _anyIsEnough = anyIsEnough;
        Fields = [.. _clauses.Select(clause => clause.Field.Path)];
        IsTimeDependent = _clauses.Any(clause => clause.IsTimeDependent);
        ReadsCalendar = _clauses.Any(clause => clause.ReadsCalendar);
    }

    private Filter(Filter filter, Filter earlier, long since)
        : this(filter._clauses, filter._anyIsEnough)
    {
        _earlier = earlier;
        _since = since;
        IsTimeDependent = true;
    }

    /// <summary>The normalised document paths it reads, aliases resolved.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Whether the answer may change while the customer stays the same.</summary>
    public bool IsTimeDependent { get; }

    /// <summary>Whether the answer depends on the project's time zone.</summary>
    public bool ReadsCalendar { get; }

    internal IReadOnlyList<FieldClause> Clauses => _clauses;

    /// <summary>This filter from an instant on; until then the same text as it was read in another time zone.</summary>
    public Filter After(Filter earlier, DateTimeOffset since) => new(this, earlier, since.UtcTicks);

    /// <param name="values">The fields of the document.</param>
    /// <param name="slots">Where each field of <see cref="Fields"/> is in there.</param>
    /// <param name="now">UTC ticks.</param>
    internal bool Matches(FieldValues values, int[] slots, long now) =>
        now < _since && _earlier is not null ? _earlier.Matches(values, slots, now) : MatchesHere(values, slots, now);

    internal long NextChange(FieldValues values, int[] slots, long now)
    {
        if (_earlier is null || now >= _since)
        {
            return NextChangeHere(values, slots, now);
        }

        var next = _earlier.NextChange(values, slots, now);
        return next < _since ? next
            : MatchesHere(values, slots, _since) != _earlier.Matches(values, slots, now) ? _since
            : NextChangeHere(values, slots, _since);
    }

    private bool MatchesHere(FieldValues values, int[] slots, long now)
    {
        for (var i = 0; i < _clauses.Length; i++)
        {
            if (_clauses[i].Holds(values[slots[i]], now) == _anyIsEnough)
            {
                return _anyIsEnough;
            }
        }

        return !_anyIsEnough;
    }

    private long NextChangeHere(FieldValues values, int[] slots, long now)
    {
        var next = Condition.Never;
        if (!IsTimeDependent)
        {
            return next;
        }

        for (var i = 0; i < _clauses.Length; i++)
        {
            // Most customers fail a condition that has nothing to do with time; they need no timer.
            if (_clauses[i].LastingAnswer(values[slots[i]]) is { } answer)
            {
                if (answer == _anyIsEnough)
                {
                    return Condition.Never;
                }

                continue;
            }

            next = Math.Min(next, _clauses[i].NextChange(values[slots[i]], now));
        }

        return next;
    }
}
