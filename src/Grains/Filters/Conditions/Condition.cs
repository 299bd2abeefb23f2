namespace Marketing.Filters;

/// <summary>One operator with its values. Stateless: the same question for one customer and for a million.</summary>
internal abstract class Condition
{
    /// <summary>What <see cref="NextChange"/> answers when the time changes nothing any more; later than every instant.</summary>
    public const long Never = long.MaxValue;

    public virtual bool IsTimeDependent => false;

    /// <summary>Whether the answer depends on the project's time zone.</summary>
    public virtual bool ReadsCalendar => IsTimeDependent;

    /// <param name="value">The value of the field, with a missing counter already 0.</param>
    /// <param name="now">UTC ticks.</param>
    public abstract bool Holds(FieldValue value, long now);

    /// <summary>The earliest UTC ticks after now at which <see cref="Holds"/> could differ for this value.</summary>
    public virtual long NextChange(FieldValue value, long now) => Never;
}
