namespace Marketing.Filters;

/// <summary>
/// The project's day of a date lies in a calendar window around today, year included: today, last week, next month, seven days
/// ago, two calendar years ago.
/// </summary>
internal sealed class CalendarCondition(IReadOnlyList<CalendarWindow> windows, ZoneCalendar calendar) : ScalarCondition
{
    private readonly CalendarWindow[] _windows = [.. windows];

    public override bool IsTimeDependent => true;

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return false;
        }

        var day = date.DayIn(calendar);
        var today = calendar.Today(now);
        foreach (var window in _windows)
        {
            if (window.TodaysFor(day, calendar).Contains(today))
            {
                return true;
            }
        }

        return false;
    }

    protected override long NextChangeFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return Never;
        }

        var day = date.DayIn(calendar);
        var today = calendar.Today(now);
        var next = int.MaxValue;
        foreach (var window in _windows)
        {
            var range = window.TodaysFor(day, calendar);
            next = Math.Min(next, today < range.From ? range.From : today < range.To ? range.To : int.MaxValue);
        }

        return next == int.MaxValue ? Never : calendar.StartOf(next);
    }
}
