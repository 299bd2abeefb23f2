using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>What happened by hour or by day, out of the counters that are kept by hour.</summary>
internal static class DistributionSeries
{
    private static readonly string[] Counted = ["sent", "failed", "skipped", "recovered"];

    public static ValueTask<List<AnalyticsPoint>> ReadAsync(ISqlSession session, int number, AnalyticsQuery query, CancellationToken cancellation)
    {
        var interval = query.Interval == "day" ? Instants.Day : Instants.Hour;
        var filter = new SqlFilter(session.Dialect)
            .And("distribution = ?", number)
            .AndIf("hour >= ?", Floor(query.Start, interval))
            .AndIf("hour <= ?", query.End);
        var start = query.Interval == "day" ? "hour - hour % 86400000" : "hour";
        var sums = string.Join(", ", Counted.Select(session.Dialect.Sum));
        return session.AllAsync(
            filter.Query($"SELECT {start}, channel, {sums} FROM message_series", " GROUP BY 1, 2 ORDER BY 1, 2"), Point, cancellation);
    }

    // The interval in which the range starts belongs to it as a whole.
    private static DateTimeOffset? Floor(DateTimeOffset? start, long interval) =>
        start is { } instant ? (instant.ToStored() - (instant.ToStored() % interval)).ToInstant() : null;

    private static AnalyticsPoint Point(IRow row) => new()
    {
        At = row.Instant(0),
        Channel = row.Text(1),
        Sent = row.Number(2),
        Failed = row.Number(3),
        Skipped = row.Number(4),
        Recovered = row.Number(5),
    };
}
