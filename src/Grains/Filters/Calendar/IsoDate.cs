namespace Marketing.Filters;

/// <summary>
/// A date as written: a calendar day, or a day with a time. A time without an offset is a time in the project's zone, and a day is
/// the project's day, so both become an instant only together with a <see cref="ZoneCalendar"/>.
/// </summary>
internal readonly record struct IsoDate
{
    private const long NoTime = -1;

    private readonly long _timeTicks;
    private readonly int? _offsetMinutes;

    private IsoDate(int day, long timeTicks, int? offsetMinutes)
    {
        WrittenDay = day;
        _timeTicks = timeTicks;
        _offsetMinutes = offsetMinutes;
    }

    /// <summary>The day as written, whatever the zone; counted like <see cref="DateOnly.DayNumber"/>.</summary>
    public int WrittenDay { get; }

    public bool HasTime => _timeTicks != NoTime;

    /// <summary>Reads <c>YYYY-MM-DD</c> or <c>YYYY-MM-DDTHH:MM[:SS[.fraction]][Z|±HH[:MM]]</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IsoDate date)
    {
        date = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var dayNumber = new DateOnly(year, month, day).DayNumber;
        if (text.Length == 10)
        {
            date = new IsoDate(dayNumber, NoTime, offsetMinutes: null);
            return true;
        }

        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryTime(text[11..], out var time, out var rest) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        date = new IsoDate(dayNumber, time, offset);
        return true;
    }

    /// <summary>The instant in UTC ticks; of a day, its beginning.</summary>
    public long Instant(ZoneCalendar calendar)
    {
        if (!HasTime)
        {
            return calendar.StartOf(WrittenDay);
        }

        var written = (WrittenDay * TimeSpan.TicksPerDay) + _timeTicks;
        return _offsetMinutes is { } minutes
            ? Math.Clamp(written - (minutes * TimeSpan.TicksPerMinute), 0, DateTime.MaxValue.Ticks)
            : calendar.ToUtc(written);
    }

    /// <summary>The project's day it falls on.</summary>
    public int DayIn(ZoneCalendar calendar) => HasTime ? calendar.DayOf(Instant(calendar)) : WrittenDay;

    /// <summary>
    /// Earlier, same or later. When one side is a whole day the other counts as the day it falls on, so that <c>$before</c>,
    /// <c>$is</c> and <c>$after</c> a day leave no gap; a day compared with a time looks at the day written there, because
    /// <c>1990-05-05T00:00:00Z</c> sent for a birthday means the fifth in every zone.
    /// </summary>
    public int CompareTo(IsoDate operand, ZoneCalendar calendar) => (HasTime, operand.HasTime) switch
    {
        (true, true) => Instant(calendar).CompareTo(operand.Instant(calendar)),
        (true, false) => DayIn(calendar).CompareTo(operand.WrittenDay),
        _ => WrittenDay.CompareTo(operand.WrittenDay),
    };

    private static bool TryTime(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out var hour) || !TryDigits(text[3..5], out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        rest = text[5..];
        if (rest.IsEmpty || rest[0] != ':')
        {
            return true;
        }

        if (rest.Length < 3 || !TryDigits(rest[1..3], out var second) || second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        rest = rest[3..];
        return rest.IsEmpty || rest[0] != '.' || TryFraction(ref rest, ref ticks);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, ref long ticks)
    {
        rest = rest[1..];
        var weight = TimeSpan.TicksPerSecond / 10;
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
        {
            ticks += (rest[digits] - '0') * weight;
            weight /= 10;
            digits++;
        }

        rest = rest[digits..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int? minutes)
    {
        minutes = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
        {
            minutes = 0;
            return true;
        }

        var part = 0;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || !TryDigits(text[1..3], out var hours)
            || (text.Length == 6 && text[3] != ':') || (text.Length > 3 && !TryDigits(text[^2..], out part)) || hours > 23 || part > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + part) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
