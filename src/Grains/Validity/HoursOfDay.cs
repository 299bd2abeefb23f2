using System.Globalization;
using System.Text.Json;

namespace Marketing.Validity;

/// <summary>Hours of the day, on some days of the week. Hours that end before they begin go past midnight and belong to the day they begin on.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment after; midnight for the whole rest of the day.</param>
/// <param name="Days">Days of the week, 0 is Sunday; empty for all.</param>
internal sealed record HoursOfDay(TimeOnly From, TimeOnly To, IReadOnlyList<int> Days)
{
    public static HoursOfDay Read(JsonElement json) => new(
        Time(json, "start_time") ?? TimeOnly.MinValue,
        Time(json, "expiration_time") ?? TimeOnly.MinValue,
        json.TryGetProperty("days_of_week", out var days) && days.ValueKind == JsonValueKind.Array ? [.. days.EnumerateArray().Select(day => day.GetInt32())] : []);

    public bool Include(DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        var isPastMidnight = To != TimeOnly.MinValue && To <= From;
        return isPastMidnight
            ? (time >= From && On(local)) || (time < To && On(local.AddDays(-1)))
            : time >= From && (To == TimeOnly.MinValue || time < To) && On(local);
    }

    private bool On(DateTime local) => Days.Count == 0 || Days.Contains((int)local.DayOfWeek);

    private static TimeOnly? Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? TimeOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture) : null;
}
