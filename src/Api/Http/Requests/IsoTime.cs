using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Marketing.Http;

/// <summary>ISO 8601 as callers write it, and nothing else: no month names, no slashes.</summary>
internal static partial class IsoTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
    ];

    /// <summary>A date or datetime; without an offset it is UTC.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out instant);
    }

    /// <summary>A duration of weeks, days, hours, minutes and seconds. Years and months are refused: they have no fixed length.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        var match = DurationPattern().Match(text);
        duration = match.Success
            ? TimeSpan.FromSeconds(Part(match, 1, 604_800) + Part(match, 2, 86_400) + Part(match, 3, 3_600) + Part(match, 4, 60) + Part(match, 5, 1))
            : TimeSpan.Zero;
        return match.Success;
    }

    public static string Format(TimeSpan duration) => XmlConvert.ToString(duration);

    private static double Part(Match match, int group, int seconds) =>
        match.Groups[group] is { Success: true } part
            ? double.Parse(part.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * seconds
            : 0;

    // Few digits each, so that no sum can leave the range of a TimeSpan.
    [GeneratedRegex(
        @"^P(?=[0-9T])(?:([0-9]{1,5})W)?(?:([0-9]{1,6})D)?(?:T(?=[0-9])(?:([0-9]{1,7})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,7})?)S)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();
}
