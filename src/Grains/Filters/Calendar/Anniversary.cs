namespace Marketing.Filters;

/// <summary>A day of the year that comes back, with its neighbours, as day numbers.</summary>
/// <param name="Previous">The same one a year earlier.</param>
/// <param name="Day">This one.</param>
/// <param name="Next">The same one a year later.</param>
internal readonly record struct Anniversary(int Previous, int Day, int Next)
{
    /// <summary>
    /// The anniversary of a date in a year. The 29th of February is celebrated on the 28th in common years: it stays in its
    /// month, so "this month" and "today" agree about it.
    /// </summary>
    public static Anniversary Of(DateOnly origin, int year) =>
        new(DayIn(year - 1, origin), DayIn(year, origin), DayIn(year + 1, origin));

    private static int DayIn(int year, DateOnly origin)
    {
        var inCalendar = Math.Clamp(year, 1, 9999);
        return new DateOnly(inCalendar, origin.Month, Math.Min(origin.Day, DateTime.DaysInMonth(inCalendar, origin.Month))).DayNumber;
    }
}
