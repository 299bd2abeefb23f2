using System.Diagnostics;

namespace Marketing.Filters;

/// <summary>
/// A calendar window around today, like last week. Asked the other way round - on which days would a date be in it - it is one
/// range of days, which answers both whether it is and when that changes.
/// </summary>
/// <param name="Unit">Days, weeks, months or years.</param>
/// <param name="Ago">How many units back the window lies; negative in the future.</param>
internal readonly record struct CalendarWindow(CalendarUnit Unit, int Ago)
{
    /// <summary>The days that, being today, have <paramref name="day"/> in the window.</summary>
    public DayRange TodaysFor(int day, ZoneCalendar calendar) => Unit switch
    {
        CalendarUnit.Day => new DayRange(day, day + 1).Shift(Ago),
        CalendarUnit.Week => calendar.WeekOf(day).Shift(Ago * 7),
        CalendarUnit.Month => ZoneCalendar.MonthOf(day, Ago),
        CalendarUnit.Year => ZoneCalendar.YearOf(day, Ago),
        _ => throw new UnreachableException(),
    };
}
