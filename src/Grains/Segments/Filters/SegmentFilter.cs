namespace Marketing.Segments.Filters;

/// <summary>The filter of a segment, understood once. Immutable; asked through a <see cref="FilterSet"/>.</summary>
internal sealed class SegmentFilter
{
    private readonly FieldClause[] _clauses;
    private readonly bool _anyIsEnough;

    /// <param name="clauses">One per field.</param>
    /// <param name="anyIsEnough">Junction "or".</param>
    internal SegmentFilter(IReadOnlyList<FieldClause> clauses, bool anyIsEnough)
    {
        _clauses = [.. clauses];
        _anyIsEnough = anyIsEnough;
        Fields = [.. _clauses.Select(clause => clause.Field.Path)];
        IsTimeDependent = _clauses.Any(clause => clause.IsTimeDependent);
    }

    /// <summary>The normalised document paths it reads, aliases resolved.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Whether the answer may change while the customer stays the same.</summary>
    public bool IsTimeDependent { get; }

    internal IReadOnlyList<FieldClause> Clauses => _clauses;

    /// <summary>Understands a filter or says where and why it cannot; never throws, whatever the bytes.</summary>
    public static FilterParseResult Parse(ReadOnlyMemory<byte> json, FilterSettings settings) => FilterParser.Parse(json, settings);

    /// <param name="values">The fields of the document.</param>
    /// <param name="slots">Where each field of <see cref="Fields"/> is in there.</param>
    /// <param name="now">UTC ticks.</param>
    internal bool Matches(FieldValues values, int[] slots, long now)
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

    internal long NextChange(FieldValues values, int[] slots, long now)
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
