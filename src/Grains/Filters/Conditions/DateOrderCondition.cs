namespace Marketing.Filters;

/// <summary>Before or after a day or an instant.</summary>
internal sealed class DateOrderCondition(Comparison comparison, IsoDate operand, ZoneCalendar calendar) : ScalarCondition
{
    public override bool ReadsCalendar => true;

    protected override bool HoldsFor(FieldValue value, long now) =>
        value.TryGetDate(out var date) && comparison.Accepts(date.CompareTo(operand, calendar));
}
