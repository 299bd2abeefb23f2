using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Reads windows of time.</summary>
internal sealed partial class TimeframeReader(string place, ZoneCalendar calendar, FilterProblems problems)
{
    private const int MaxValues = 50;
    private const int MaxLength = 200;
    private const long LongestDays = 3_660;

    private static readonly string[] Clock = ["HH:mm", "H:mm", "HH:mm:ss"];

    public Condition? Read(string operation, JsonElement value)
    {
        var texts = Texts(value);
        if (texts.Count == 0)
        {
            return null;
        }

        switch (operation)
        {
            case "$timeframe":
                var frames = Each(texts, Recurring, "must be <start>;<interval>;<duration> such as 2026-11-12T15:00:00Z;P1D;PT1H, the interval in weeks and days or in hours, the duration not longer.");
                return frames.Count == 1 ? frames[0] : frames.Count == 0 ? null : Refuse("takes one value only.");
            case "$timeframe_absolute":
                return new TimeframeAbsoluteCondition(Each(texts, Absolute, "must be <from>;<to> such as 2026-11-14T16:00:00Z;2026-11-28T16:00:00Z."), calendar);
            default:
                return new DailyHoursCondition(Each(texts, Daily, "must be <from>;<to>;<days> such as 18:00;20:00;2,3 with 0 for Sunday to 6 for Saturday."), calendar);
        }
    }

    private Condition? Refuse(string message)
    {
        problems.Add(place, message);
        return null;
    }

    private List<string> Texts(JsonElement value)
    {
        IReadOnlyList<JsonElement> values = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (values.Count is 0 or > MaxValues || values.Any(static one => one.ValueKind is not JsonValueKind.String || one.GetString()!.Length > MaxLength))
        {
            problems.Add(place, $"takes 1 to {MaxValues} texts of at most {MaxLength} characters.");
            return [];
        }

        return [.. values.Select(static one => one.GetString()!)];
    }

    private List<T> Each<T>(List<string> texts, Func<string[], T?> read, string expectation)
    {
        var found = new List<T>();
        foreach (var text in texts)
        {
            if (read([.. text.Split(';').Select(static part => part.Trim())]) is { } one)
            {
                found.Add(one);
            }
            else
            {
                problems.Add(place, expectation);
            }
        }

        return found;
    }

    private TimeframeCondition? Recurring(string[] parts)
    {
        if (parts.Length != 3 || !TryDate(parts[0], out var first) || !TryDuration(parts[1], out var intervalDays, out var interval) || !TryDuration(parts[2], out var days, out var duration))
        {
            return null;
        }

        // Days and hours together would be neither a time of the clock nor a number of hours.
        var (all, length) = ((intervalDays * TimeSpan.TicksPerDay) + interval, (days * TimeSpan.TicksPerDay) + duration);
        return all <= 0 || length <= 0 || length > all || (intervalDays > 0 && interval > 0)
            ? null
            : new TimeframeCondition(first, (int)intervalDays, interval, length, calendar);
    }

    private static DateFrame? Absolute(string[] parts) => parts.Length == 2 && TryDate(parts[0], out var from) && TryDate(parts[1], out var to) ? new DateFrame(from, to) : null;

    private static DailyHours? Daily(string[] parts)
    {
        if (parts.Length != 3
            || !TimeOnly.TryParseExact(parts[0], Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            || !TimeOnly.TryParseExact(parts[1], Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var to))
        {
            return null;
        }

        var days = new List<int>();
        foreach (var part in parts[2].Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var day) || day is < 0 or > 6)
            {
                return null;
            }

            days.Add(day);
        }

        return new DailyHours(from.Ticks, to.Ticks, days);
    }

    private static bool TryDate(string text, out IsoDate date) => IsoDate.TryParse(Encoding.UTF8.GetBytes(text), out date);

    // Months and years are no length of time that comes back at an equal distance.
    private static bool TryDuration(string text, out long days, out long ticks)
    {
        (days, ticks) = (0, 0);
        if (Duration().Match(text) is not { Success: true, Groups: var groups } || text is "P" || text.EndsWith('T'))
        {
            return false;
        }

        days = (Number(groups[1]) * 7) + Number(groups[2]);
        ticks = (Number(groups[3]) * TimeSpan.TicksPerHour) + (Number(groups[4]) * TimeSpan.TicksPerMinute) + (Number(groups[5]) * TimeSpan.TicksPerSecond);
        return days <= LongestDays && ticks <= LongestDays * TimeSpan.TicksPerDay;
    }

    private static long Number(Group group) => group.Success ? long.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
