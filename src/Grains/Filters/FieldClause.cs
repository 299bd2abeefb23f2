namespace Marketing.Filters;

/// <summary>All conditions of a filter on one field; every one must hold.</summary>
internal sealed class FieldClause
{
    private readonly Condition[] _lasting;
    private readonly Condition[] _timed;

    public FieldClause(FilterField field, IReadOnlyCollection<Condition> conditions)
    {
        Field = field;
        _lasting = [.. conditions.Where(condition => !condition.IsTimeDependent)];
        _timed = [.. conditions.Where(condition => condition.IsTimeDependent)];
        ReadsCalendar = conditions.Any(condition => condition.ReadsCalendar);
    }

    public FilterField Field { get; }

    public bool IsTimeDependent => _timed.Length > 0;

    public bool ReadsCalendar { get; }

    public bool Holds(FieldValue found, long now)
    {
        var value = Counted(found);
        return AllHold(_lasting, value, now) && AllHold(_timed, value, now);
    }

    /// <summary>The answer, if no time will ever change it for this value.</summary>
    public bool? LastingAnswer(FieldValue found)
    {
        var value = Counted(found);
        return !AllHold(_lasting, value, now: 0) ? false : _timed.Length == 0 ? true : null;
    }

    public long NextChange(FieldValue found, long now)
    {
        var value = Counted(found);
        var next = Condition.Never;
        foreach (var condition in _timed)
        {
            next = Math.Min(next, condition.NextChange(value, now));
        }

        return next;
    }

    private static bool AllHold(Condition[] conditions, FieldValue value, long now)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(value, now))
            {
                return false;
            }
        }

        return true;
    }

    private FieldValue Counted(FieldValue found) =>
        Field.MissingIsZero && found.Kind is FieldValueKind.Missing or FieldValueKind.Null ? FieldValue.Zero : found;
}
