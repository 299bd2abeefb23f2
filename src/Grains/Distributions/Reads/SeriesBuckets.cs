using Marketing.Filters;

namespace Marketing.Distributions;

/// <summary>Figures by hour as a series in a time zone. An hour in which two days meet, where zones are not whole hours apart, counts to the day in which it begins. Pure.</summary>
internal sealed class SeriesBuckets
{
    private readonly ZoneCalendar _calendar;
    private readonly bool _byDay;

    /// <param name="interval"><c>hour</c> or <c>day</c>.</param>
    /// <param name="zone">Where days begin.</param>
    public SeriesBuckets(string interval, string zone) => (_calendar, _byDay) = (new ZoneCalendar(FilterSettings.In(zone)), interval == "day");

    /// <summary>The beginning of the interval an instant is in.</summary>
    public DateTimeOffset StartOf(DateTimeOffset at) =>
        new(_byDay ? _calendar.StartOf(_calendar.DayOf(at.UtcTicks)) : at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>The figures of hours, added up by interval and channel, in order.</summary>
    public IReadOnlyList<AnalyticsPoint> Sum(IEnumerable<AnalyticsPoint> hours) =>
    [
        .. hours.GroupBy(point => (At: StartOf(point.At), point.Channel)).OrderBy(static group => group.Key.At).ThenBy(static group => group.Key.Channel, StringComparer.Ordinal)
            .Select(static group => new AnalyticsPoint
            {
                At = group.Key.At,
                Channel = group.Key.Channel,
                Sent = group.Sum(static point => point.Sent),
                Failed = group.Sum(static point => point.Failed),
                Skipped = group.Sum(static point => point.Skipped),
                Recovered = group.Sum(static point => point.Recovered),
            }),
    ];

    /// <summary>The same with every interval of a time for every channel.</summary>
    public IReadOnlyList<AnalyticsPoint> Fill(IReadOnlyList<AnalyticsPoint> series, IReadOnlyList<string> channels, DateTimeOffset start, DateTimeOffset end)
    {
        var known = series.ToDictionary(static point => (point.At, point.Channel));
        return [.. Between(start, end).SelectMany(at => channels, (at, channel) => known.GetValueOrDefault((at, channel)) ?? new AnalyticsPoint { At = at, Channel = channel })];
    }

    /// <summary>The earliest beginning from which not more intervals lead to the end than a series may have.</summary>
    public DateTimeOffset Earliest(DateTimeOffset end, int most)
    {
        var last = StartOf(end);
        return _byDay
            ? new DateTimeOffset(_calendar.StartOf(_calendar.DayOf(last.UtcTicks) - most + 1), TimeSpan.Zero)
            : last.UtcTicks < most * TimeSpan.TicksPerHour ? DateTimeOffset.MinValue : last.AddHours(1 - most);
    }

    private IEnumerable<DateTimeOffset> Between(DateTimeOffset start, DateTimeOffset end)
    {
        for (var at = StartOf(start); at <= end; at = _byDay ? new DateTimeOffset(_calendar.StartOf(_calendar.DayOf(at.UtcTicks) + 1), TimeSpan.Zero) : at.AddHours(1))
        {
            yield return at;
        }
    }
}
