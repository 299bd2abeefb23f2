using System.Globalization;

namespace Marketing.Templates;

/// <summary>What the <c>date</c> filter takes: ISO texts keep the offset they were written with, seconds count from 1970.</summary>
internal static class DateFilter
{
    public static object? Parse(object? input) => input switch
    {
        string text when text is "now" or "today" => DateTimeOffset.UtcNow,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        string text => text,
        int seconds => DateTimeOffset.FromUnixTimeSeconds(seconds),
        long seconds when seconds is > -62_135_596_800 and < 253_402_300_800 => DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ => input,
    };
}
