using System.Globalization;
using System.Text.Json.Nodes;
using Marketing.Filters;

namespace Marketing.Validity;

/// <summary>
/// Days as callers give them become instants: a start without a time is the beginning of that day in the project's time zone, an end its last millisecond, so that what holds until the
/// 24th holds on the 24th.
/// </summary>
internal static class DateBounds
{
    private const int LengthOfDay = 10;

    /// <summary>Puts instants in the place of days in a document that is to be stored.</summary>
    public static void Settle(JsonObject document, FilterSettings settings)
    {
        Settle(document, "start_date", 0, settings);
        Settle(document, "expiration_date", 1, settings);
    }

    private static void Settle(JsonObject document, string name, int days, FilterSettings settings)
    {
        if (document[name]?.GetValue<string>() is not { } text)
        {
            return;
        }

        var instant = text.Length == LengthOfDay
            ? new DateTimeOffset(
                new ZoneCalendar(settings).StartOf(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber + days), TimeSpan.Zero).AddMilliseconds(-days)
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        document[name] = instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
