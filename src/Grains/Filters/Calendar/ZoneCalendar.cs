namespace Marketing.Filters;

/// <summary>
/// Days, weeks, months and years of a project. A day begins at its first midnight (or, where the clock jumps over midnight, at the
/// jump) and lasts until the next one begins. Days never run backwards that way, even when a clock is put back across midnight,
/// and the beginning of a day is exactly the instant at which a calendar condition can change.
/// </summary>
internal sealed class ZoneCalendar
{
    private static readonly int LastDay = DateOnly.MaxValue.DayNumber;

    private readonly TimeZoneInfo _zone;
    private readonly DayOfWeek _weekStart;
    private readonly bool _isFixed;

    // The day "now" falls on, shared by all threads: replaced as a whole, so a race costs one more calculation at worst.
    private DayBounds? _recent;

    public ZoneCalendar(FilterSettings settings)
    {
        _zone = settings.TimeZone;
        _weekStart = settings.WeekStart;
        _isFixed = _zone.GetAdjustmentRules().Length == 0;
    }

    public int DayOf(long utc)
    {
        if (_isFixed)
        {
            return FixedDay(utc);
        }

        if (Volatile.Read(ref _recent) is { } recent && recent.From <= utc && utc < recent.To)
        {
            return recent.Day;
        }

        var guess = FixedDay(utc, _zone.GetUtcOffset(new DateTime(Math.Clamp(utc, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks);
        var day = utc < StartOf(guess) ? guess - 1 : utc >= StartOf(guess + 1) ? guess + 1 : guess;
        return Math.Clamp(day, 0, LastDay);
    }

    /// <summary>The same for the current time, which many customers are asked about in a row.</summary>
    public int Today(long now)
    {
        var day = DayOf(now);
        if (!_isFixed && (Volatile.Read(ref _recent) is not { } recent || recent.Day != day))
        {
            Volatile.Write(ref _recent, new DayBounds(day, StartOf(day), StartOf(day + 1)));
        }

        return day;
    }

    /// <summary>The first instant of a day in UTC ticks; days out of the calendar begin at its ends.</summary>
    public long StartOf(int day) => day <= 0 ? 0 : day > LastDay ? DateTime.MaxValue.Ticks : ToUtc(day * TimeSpan.TicksPerDay);

    /// <summary>A time on the clocks of the zone as UTC ticks: the earlier of two, and a skipped one as if the clock had not jumped.</summary>
    public long ToUtc(long localTicks)
    {
        var local = new DateTime(localTicks, DateTimeKind.Unspecified);
        var offset = _zone.BaseUtcOffset;
        var isAtTheEnds = local.Year <= 1 || local.Year >= 9999;
        if (!_isFixed && !isAtTheEnds)
        {
            offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max()
                : _zone.GetUtcOffset(_zone.IsInvalidTime(local) ? local.AddDays(-1) : local);
        }

        return Math.Clamp(localTicks - offset.Ticks, 0, DateTime.MaxValue.Ticks);
    }

    public DayRange WeekOf(int day)
    {
        // Day 0, the first of January of year 1, is a Monday.
        var passed = (((day + 1) % 7) - (int)_weekStart + 7) % 7;
        return new DayRange(day - passed, day - passed + 7);
    }

    /// <summary>The month of a day, or one some months away.</summary>
    public static DayRange MonthOf(int day, int shift)
    {
        var date = DateOnly.FromDayNumber(Math.Clamp(day, 0, LastDay));
        var month = (date.Year * 12) + date.Month - 1 + shift;
        return new DayRange(StartOfMonth(month), StartOfMonth(month + 1));
    }

    /// <summary>The year of a day, or one some years away.</summary>
    public static DayRange YearOf(int day, int shift)
    {
        var year = DateOnly.FromDayNumber(Math.Clamp(day, 0, LastDay)).Year + shift;
        return new DayRange(StartOfMonth(year * 12), StartOfMonth((year + 1) * 12));
    }

    private static int StartOfMonth(int month) =>
        month < 12 ? 0 : month >= 120_000 ? LastDay + 1 : new DateOnly(month / 12, (month % 12) + 1, 1).DayNumber;

    private int FixedDay(long utc) => FixedDay(utc, _zone.BaseUtcOffset.Ticks);

    private static int FixedDay(long utc, long offset) => (int)(Math.Clamp(utc + offset, 0, DateTime.MaxValue.Ticks) / TimeSpan.TicksPerDay);

    private sealed record DayBounds(int Day, long From, long To);
}
