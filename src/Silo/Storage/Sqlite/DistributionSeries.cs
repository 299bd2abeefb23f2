using Marketing.Distributions;

namespace Marketing.Storage.Sqlite;

/// <summary>What happened by hour or by day, out of the counters that are kept by hour.</summary>
internal static class DistributionSeries
{
    public static List<AnalyticsPoint> Read(SqliteSession session, int number, AnalyticsQuery query, CancellationToken cancellation)
    {
        var interval = query.Interval == "day" ? Instants.Day : Instants.Hour;
        var filter = new SqlFilter()
            .And("distribution = ?", number)
            .AndIf("hour >= ?", Floor(query.Start, interval))
            .AndIf("hour <= ?", query.End);
        return filter
            .Prepare(session, query.Interval == "day" ? Sql.ByDay : Sql.ByHour, " GROUP BY 1, 2 ORDER BY 1, 2")
            .ReadAll(Point, cancellation);
    }

    // The interval in which the range starts belongs to it as a whole.
    private static DateTimeOffset? Floor(DateTimeOffset? start, long interval) =>
        start is { } instant ? (instant.ToStored() - (instant.ToStored() % interval)).ToInstant() : null;

    private static AnalyticsPoint Point(SqliteStatement row) => new()
    {
        At = row.Instant(0),
        Channel = row.Text(1),
        Sent = row.Number(2),
        Failed = row.Number(3),
        Skipped = row.Number(4),
        Recovered = row.Number(5),
    };

    private static class Sql
    {
        private const string Sums = ", channel, sum(sent), sum(failed), sum(skipped), sum(recovered) FROM message_series";

        public const string ByHour = "SELECT hour" + Sums;

        public const string ByDay = "SELECT hour - hour % 86400000" + Sums;
    }
}
