namespace Marketing.Filters;

/// <summary>
/// The opposite, also for unknown values: who never told us a city does not live in Berlin. Of an array, no element may meet the
/// condition.
/// </summary>
internal sealed class NotCondition(Condition inner) : Condition
{
    public override bool IsTimeDependent => inner.IsTimeDependent;

    public override bool ReadsCalendar => inner.ReadsCalendar;

    public override bool Holds(FieldValue value, long now) => !inner.Holds(value, now);

    public override long NextChange(FieldValue value, long now) => inner.NextChange(value, now);
}
