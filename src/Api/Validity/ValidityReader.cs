using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Http;

namespace Marketing.Validity;

/// <summary>Reads when something holds.</summary>
internal static class ValidityReader
{
    private const int MostHours = 100;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(3_650);

    /// <summary>Takes the fields of validity. An expiration date without a time is the end of that day in the project's time zone.</summary>
    public static FieldsReader Validity(this FieldsReader fields) => fields
        .Date("start_date")
        .Date("expiration_date")
        .Object("validity_timeframe", TextLimits.Name * 4, Timeframe)
        .Days("validity_day_of_week")
        .Object("validity_hours", TextLimits.RawBytes, Hours);

    private static FieldsReader Date(this FieldsReader fields, string name)
    {
        _ = fields.Body.Instant(name);
        return fields.Put(name, fields.Body.Text(name, TextLimits.Name));
    }

    private static FieldsReader Days(this FieldsReader fields, string name) => fields.Put(name, ReadDays(fields.Body, name) is { } days ? new JsonArray([.. days.Select(day => JsonValue.Create(day))]) : null);

    private static List<int>? ReadDays(Payload body, string name)
    {
        if (body.List(name, 7) is not { } items)
        {
            return null;
        }

        var days = new List<int>(items.Count);
        foreach (var item in items)
        {
            days.Add(item.Element.ValueKind == JsonValueKind.Number && item.Element.TryGetInt32(out var day) && day is >= 0 and <= 6
                ? day
                : throw item.Refuse("", "must be a day of the week, 0 for Sunday to 6 for Saturday"));
        }

        return days;
    }

    private static void Timeframe(Payload timeframe)
    {
        var interval = timeframe.Duration("interval", LongestInterval) ?? throw timeframe.Missing("interval");
        var duration = timeframe.Duration("duration", LongestInterval) ?? throw timeframe.Missing("duration");
        if (duration <= TimeSpan.Zero || interval < duration)
        {
            throw timeframe.Refuse(".duration", "must be longer than nothing and at most as long as the interval");
        }
    }

    private static void Hours(Payload hours)
    {
        foreach (var daily in hours.List("daily", MostHours) ?? [])
        {
            var item = daily.AsObject();
            Time(item, "start_time");
            Time(item, "expiration_time");
            _ = ReadDays(item, "days_of_week");
        }
    }

    private static void Time(Payload body, string name)
    {
        if (body.Text(name, 8) is { } text && !TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw body.Refuse($".{name}", "must be a time of day such as 09:30");
        }
    }
}
