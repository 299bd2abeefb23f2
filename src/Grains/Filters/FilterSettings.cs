namespace Marketing.Filters;

/// <summary>What "today" and "this week" mean for the project that owns the filters.</summary>
/// <param name="TimeZone">Where a day begins and ends.</param>
/// <param name="WeekStart">The first day of a week.</param>
internal sealed record FilterSettings(TimeZoneInfo TimeZone, DayOfWeek WeekStart)
{
    /// <summary>UTC days, weeks from Monday.</summary>
    public static readonly FilterSettings Default = new(TimeZoneInfo.Utc, DayOfWeek.Monday);

    /// <summary>What a filter means in a time zone; one that this machine does not know is UTC.</summary>
    public static FilterSettings In(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info) ? Default with { TimeZone = info } : Default;
}
