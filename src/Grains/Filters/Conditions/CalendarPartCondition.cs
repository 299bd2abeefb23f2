namespace Marketing.Filters;

/// <summary>The day of month, weekday, month or year of the project's day a date falls on.</summary>
internal sealed class CalendarPartCondition(Func<DateOnly, int> part, IReadOnlyList<int> wanted, ZoneCalendar calendar) : ScalarCondition
{
    private readonly int[] _wanted = [.. wanted];

    public override bool ReadsCalendar => true;

    protected override bool HoldsFor(FieldValue value, long now) =>
        value.TryGetDate(out var date) && _wanted.Contains(part(DateOnly.FromDayNumber(date.DayIn(calendar))));
}
