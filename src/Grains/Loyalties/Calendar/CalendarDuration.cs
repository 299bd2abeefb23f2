using System.Globalization;
using System.Text.RegularExpressions;

namespace Marketing.Loyalties;

/// <summary>Months and days, as calendars count them. Pure.</summary>
/// <param name="Months">Months.</param>
/// <param name="Days">Days beside them.</param>
internal readonly partial record struct CalendarDuration(int Months, int Days)
{
    private const int Most = 1_200;

    /// <summary>Reads <c>P1Y2M3W4D</c>; null where it is something else. Times of day are none: tiers begin and end with days.</summary>
    public static CalendarDuration? Parse(string? text)
    {
        if (text is null || Iso().Match(text) is not { Success: true } match || text.Length < 3)
        {
            return null;
        }

        var (years, months, weeks, days) = (Number(match, 1), Number(match, 2), Number(match, 3), Number(match, 4));
        return new[] { years, months, weeks, days }.Max() <= Most ? new CalendarDuration((years * 12) + months, (weeks * 7) + days) : null;
    }

    public DateOnly After(DateOnly day) => day.AddMonths(Months).AddDays(Days);

    private static int Number(Match match, int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
