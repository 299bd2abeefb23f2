namespace Marketing.Filters;

/// <summary>
/// Month and day of a date, coming back every year, lie in a window around today. A week across New Year sees the anniversaries
/// of both years. The windows of days, weeks and months without <c>_md</c> mean this too on <c>birthdate</c>: the reference
/// writes "customers with birthday next month" as <c>{"birthdate":{"conditions":{"$next_month":[true]}}}</c>, which no living
/// person would meet with the year of birth.
/// </summary>
/// <param name="todaysFor">For each wanted value: the days that, being today, have a given anniversary in the window.</param>
internal sealed class AnniversaryCondition(IReadOnlyList<Func<Anniversary, DayRange>> todaysFor, ZoneCalendar calendar) : ScalarCondition
{
    private readonly Func<Anniversary, DayRange>[] _todaysFor = [.. todaysFor];

    public override bool IsTimeDependent => true;

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return false;
        }

        var origin = DateOnly.FromDayNumber(date.DayIn(calendar));
        var today = calendar.Today(now);
        var year = DateOnly.FromDayNumber(today).Year;

        // A window reaches at most a year from its anniversary.
        for (var other = year - 1; other <= year + 1; other++)
        {
            var anniversary = Anniversary.Of(origin, other);
            foreach (var range in _todaysFor)
            {
                if (range(anniversary).Contains(today))
                {
                    return true;
                }
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

        var origin = DateOnly.FromDayNumber(date.DayIn(calendar));
        var today = calendar.Today(now);
        var year = DateOnly.FromDayNumber(today).Year;

        // The change after next New Year but one may come from an anniversary not looked at, so that day is the latest answer.
        var next = ZoneCalendar.YearOf(today, 2).From;
        for (var other = year - 1; other <= year + 3; other++)
        {
            var anniversary = Anniversary.Of(origin, other);
            foreach (var range in _todaysFor)
            {
                var todays = range(anniversary);
                if (!todays.IsEmpty)
                {
                    next = Math.Min(next, today < todays.From ? todays.From : today < todays.To ? todays.To : next);
                }
            }
        }

        return calendar.StartOf(next);
    }
}
