using System.Text.Json;
using System.Xml;
using Marketing.Filters;

namespace Marketing.Validity;

/// <summary>
/// When something holds: between two instants, within a window that comes back, on days of the week, at hours of the day. Windows, days and hours are those of the project's clocks,
/// so they keep their local time when the clocks change. Immutable.
/// </summary>
internal sealed record ValidityPeriod
{
    public static readonly ValidityPeriod Always = new();

    /// <summary>The fields of a document that say so.</summary>
    public static readonly IReadOnlyList<string> Fields = ["start_date", "expiration_date", "validity_timeframe", "validity_day_of_week", "validity_hours"];

    /// <summary>From then on; null for always.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Until then; null for ever.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How often the window comes back, counted from <see cref="Start"/>; null where there is none.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long the window lasts.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Days of the week, 0 is Sunday; empty for all.</summary>
    public IReadOnlyList<int> Days { get; init; } = [];

    /// <summary>Hours of the day; empty for all.</summary>
    public IReadOnlyList<HoursOfDay> Hours { get; init; } = [];

    /// <summary>Reads the fields of a checked document.</summary>
    public static ValidityPeriod Read(JsonElement document)
    {
        var timeframe = Object(document, "validity_timeframe");
        var hours = Object(document, "validity_hours") is { } given && given.TryGetProperty("daily", out var daily) && daily.ValueKind == JsonValueKind.Array ? daily : default;
        var period = new ValidityPeriod
        {
            Start = Instant(document, "start_date"),
            End = Instant(document, "expiration_date"),
            Interval = timeframe is { } of ? XmlConvert.ToTimeSpan(of.GetProperty("interval").GetString()!) : null,
            Duration = timeframe is { } lasting ? XmlConvert.ToTimeSpan(lasting.GetProperty("duration").GetString()!) : TimeSpan.Zero,
            Days = document.TryGetProperty("validity_day_of_week", out var days) && days.ValueKind == JsonValueKind.Array ? [.. days.EnumerateArray().Select(day => day.GetInt32())] : [],
            Hours = hours.ValueKind == JsonValueKind.Array ? [.. hours.EnumerateArray().Select(HoursOfDay.Read)] : [],
        };
        return period is { Start: null, End: null, Interval: null, Days: [], Hours: [] } ? Always : period;
    }

    /// <summary>What keeps it from holding at an instant.</summary>
    public ValidityState At(DateTimeOffset now, FilterSettings settings)
    {
        if (now < Start)
        {
            return ValidityState.NotYet;
        }

        if (now > End)
        {
            return ValidityState.Over;
        }

        var local = TimeZoneInfo.ConvertTime(now, settings.TimeZone).DateTime;
        var holds = IsInWindow(local, settings)
            && (Days.Count == 0 || Days.Contains((int)local.DayOfWeek))
            && (Hours.Count == 0 || Hours.Any(hours => hours.Include(local)));
        return holds ? ValidityState.Holds : ValidityState.Paused;
    }

    // On the clocks of the project: a window of a day begins at the same time of day after the clocks changed.
    private bool IsInWindow(DateTime local, FilterSettings settings)
    {
        if (Interval is not { } interval || Start is not { } start)
        {
            return true;
        }

        var passed = local - TimeZoneInfo.ConvertTime(start, settings.TimeZone).DateTime;
        return passed.Ticks >= 0 && passed.Ticks % interval.Ticks < Duration.Ticks;
    }

    private static DateTimeOffset? Instant(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;

    private static JsonElement? Object(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}

/// <summary>Whether something holds at an instant.</summary>
internal enum ValidityState
{
    Holds,

    /// <summary>It begins later.</summary>
    NotYet,

    /// <summary>It has ended.</summary>
    Over,

    /// <summary>Not in this window, on this day, at this hour; it will again.</summary>
    Paused,
}
