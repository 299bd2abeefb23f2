using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>
/// A date lies in a window that comes back: every so many days at the time the first one began, by the clocks of the project's zone; or every so many hours.
/// </summary>
/// <param name="first">When the first begins.</param>
/// <param name="days">Days from one to the next; 0 where it is counted in hours.</param>
/// <param name="hours">Ticks from one to the next where it is not counted in days.</param>
/// <param name="length">How many ticks one lasts.</param>
/// <param name="calendar">The days of the project.</param>
internal sealed class TimeframeCondition(IsoDate first, int days, long hours, long length, ZoneCalendar calendar) : ScalarCondition
{
    public override bool ReadsCalendar => true;

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return false;
        }

        var (start, at) = (first.Instant(calendar), date.Instant(calendar));
        if (at < start)
        {
            return false;
        }

        if (days == 0)
        {
            return (at - start) % hours < length;
        }

        var day = calendar.DayOf(start);

        // The clock's time of the first one: what has passed of its day, without an hour that the clocks jumped over on that day.
        var time = start - calendar.StartOf(day);
        time += start - calendar.ToUtc((day * TimeSpan.TicksPerDay) + time);
        var last = calendar.DayOf(at);
        last -= (last - day) % days;
        var began = BeginningOn(last, time);
        return at - (began <= at ? began : BeginningOn(last - days, time)) < length;
    }

    private long BeginningOn(int day, long time) => calendar.ToUtc((day * TimeSpan.TicksPerDay) + time);
}

/// <summary>A date lies between two dates, both included; a day without a time is all of it.</summary>
internal sealed class TimeframeAbsoluteCondition(IReadOnlyList<DateFrame> frames, ZoneCalendar calendar) : ScalarCondition
{
    public override bool ReadsCalendar => true;

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return false;
        }

        foreach (var frame in frames)
        {
            if (date.CompareTo(frame.From, calendar) >= 0 && date.CompareTo(frame.To, calendar) <= 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A date lies between two times of the clock on some days of the week. A window that ends before it begins ends on the next day.</summary>
internal sealed class DailyHoursCondition(IReadOnlyList<DailyHours> windows, ZoneCalendar calendar) : ScalarCondition
{
    public override bool ReadsCalendar => true;

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (!value.TryGetDate(out var date))
        {
            return false;
        }

        var (day, at) = (date.DayIn(calendar), date.Instant(calendar));
        foreach (var window in windows)
        {
            if (IsIn(window, day, at) || (window.To <= window.From && IsIn(window, day - 1, at)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsIn(DailyHours window, int day, long at)
    {
        if (day < 0 || !window.Days.Contains((int)DateOnly.FromDayNumber(day).DayOfWeek))
        {
            return false;
        }

        var end = window.To <= window.From ? day + 1 : day;
        return calendar.ToUtc((day * TimeSpan.TicksPerDay) + window.From) <= at && at < calendar.ToUtc((end * TimeSpan.TicksPerDay) + window.To);
    }
}

/// <summary>A window of <see cref="DailyHoursCondition"/>.</summary>
/// <param name="From">Ticks after midnight by the clock.</param>
/// <param name="To">The same; not included.</param>
/// <param name="Days">Days of the week on which it begins, 0 for Sunday.</param>
internal sealed record DailyHours(long From, long To, IReadOnlyList<int> Days);

/// <summary>Each element of a list meets the condition; a single value is a list of one, and what is not there meets nothing.</summary>
internal sealed class EveryElementCondition(Condition inner) : Condition
{
    public override bool IsTimeDependent => inner.IsTimeDependent;

    public override bool ReadsCalendar => inner.ReadsCalendar;

    public override bool Holds(FieldValue value, long now)
    {
        if (value.Kind is not FieldValueKind.Array)
        {
            return inner.Holds(value, now);
        }

        for (var at = 0; at < value.Count; at++)
        {
            if (!inner.Holds(value[at], now))
            {
                return false;
            }
        }

        return value.Count > 0;
    }

    public override long NextChange(FieldValue value, long now) => inner.NextChange(value, now);
}

/// <summary>From a date to another, both included.</summary>
internal sealed record DateFrame(IsoDate From, IsoDate To);
