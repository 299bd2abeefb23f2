namespace Marketing.Filters;

/// <summary>
/// A condition on a single value. An array meets it when any of its elements does, so that "tags is vip" finds the customer with
/// several tags. An unknown value meets nothing.
/// </summary>
internal abstract class ScalarCondition : Condition
{
    public sealed override bool Holds(FieldValue value, long now)
    {
        if (value.Kind is not FieldValueKind.Array)
        {
            return !value.IsUnknown && HoldsFor(value, now);
        }

        for (var i = 0; i < value.Count; i++)
        {
            if (!value[i].IsUnknown && HoldsFor(value[i], now))
            {
                return true;
            }
        }

        return false;
    }

    public sealed override long NextChange(FieldValue value, long now)
    {
        if (!IsTimeDependent)
        {
            return Never;
        }

        if (value.Kind is not FieldValueKind.Array)
        {
            return NextChangeFor(value, now);
        }

        var next = Never;
        for (var i = 0; i < value.Count; i++)
        {
            next = Math.Min(next, NextChangeFor(value[i], now));
        }

        return next;
    }

    /// <param name="value">A known value that is no array.</param>
    protected abstract bool HoldsFor(FieldValue value, long now);

    /// <param name="value">Any value that is no array.</param>
    protected virtual long NextChangeFor(FieldValue value, long now) => Never;
}
