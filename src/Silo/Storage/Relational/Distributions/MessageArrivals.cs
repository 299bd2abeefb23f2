using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>
/// The newest messages where no index of theirs says when they were made. What does is a table of runs: numbers that were made at one moment.
/// Some of the newest runs are read at a time, so the work is bounded whatever the planner expects of a distribution.
/// </summary>
internal static class MessageArrivals
{
    private const int FirstRuns = 8;

    private static readonly (long At, long Number) End = (long.MinValue, long.MinValue);

    /// <summary>Some messages, newest first.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="distribution">Of which distribution.</param>
    /// <param name="conditions">What else is asked of the messages <c>m</c>.</param>
    /// <param name="after">When the message before them was made, and its number.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellation">Whether they are still wanted.</param>
    public static async ValueTask<List<Message>> ReadAsync(
        ISqlSession session, int distribution, SqlFilter conditions, (long At, long Number) after, int limit, CancellationToken cancellation)
    {
        var messages = new List<Message>();
        for (var runs = FirstRuns; ; runs *= 4)
        {
            // The runs that come after these end here, so whatever is newer is in these.
            var end = await session.FirstAsync(
                new SqlQuery(Sql.RunAt).Bind(distribution).Bind(after.At).Bind(after.At).Bind(after.Number).Bind(runs),
                static row => ((long, long)?)(row.Number(0), row.Number(1)));
            messages.AddRange(await session.AllAsync(
                Between(session.Dialect, distribution, conditions, after, end ?? End, limit - messages.Count), MessageViews.Row, cancellation));
            if (end is not { } reached || messages.Count == limit)
            {
                return messages;
            }

            // That one itself is still to come; but runs of a commit that was given twice overlap, and it may reach back over what was read.
            var next = (reached.Item1, reached.Item2 + 1);
            after = next.CompareTo(after) < 0 ? next : after;
        }
    }

    private static SqlQuery Between(
        SqlDialect dialect, int distribution, SqlFilter conditions, (long At, long Number) after, (long At, long Number) end, int limit) =>
        conditions.Query(
            $"{MessageViews.Select(dialect)} FROM (SELECT DISTINCT ON (m.created_at, m.no) m.* FROM arrivals a CROSS JOIN LATERAL (SELECT m.* FROM messages m",
            Sql.OfRun + MessageViews.Customer + Sql.Order)
            .Bind(after.At).Bind(after.Number).Bind(end.At).Bind(end.Number).Bind(limit)
            .Bind(distribution).Bind(after.At).Bind(after.At).Bind(after.Number).Bind(end.At).Bind(end.At).Bind(end.Number).Bind(limit);

    private static class Sql
    {
        public const string Order = " ORDER BY m.created_at DESC, m.no DESC";

        private const string Runs = "a.distribution = ? AND a.created_at <= ? AND (a.created_at < ? OR a.first < ?)";

        public const string RunAt =
            "SELECT a.created_at, a.last FROM arrivals a WHERE " + Runs + " ORDER BY a.created_at DESC, a.last DESC OFFSET ? LIMIT 1";

        public const string OfRun =
            """
             AND m.no >= a.first AND m.no <= a.last AND m.created_at = a.created_at
                AND (m.created_at < ? OR m.no < ?) AND (m.created_at > ? OR m.no > ?) ORDER BY m.no DESC LIMIT ?) m
            WHERE
            """ + " " + Runs + " AND a.created_at >= ? AND (a.created_at > ? OR a.last > ?)" + Order + " LIMIT ?) m";
    }
}
