using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Writes what a transaction gathered for the counters: one row per counter, in order of their keys, last before the commit, so that
/// the locks on these much wanted rows are short and never taken crosswise. All but those of segments are in shards, one for each writer, so that none waits
/// until another one's transaction is on disk.
/// </summary>
internal static class CounterRows
{
    /// <summary>For the select list of a session that begins to write: takes a free shard until the session unlocks it or ends. When all are taken, its process decides. The locks have space 3.</summary>
    public const string ClaimShard =
        """
        set_config('distributions.shard',
            CAST((SELECT n.shard FROM generate_series(0, 15) AS n (shard) WHERE pg_try_advisory_lock(3, n.shard) LIMIT 1) AS text), false)
        """;

    public static void AddTo(RoundTrip trip, CounterDeltas counters)
    {
        AddMessages(trip, [.. counters.ByChannel.OrderBy(row => row.Key.Distribution).ThenBy(row => row.Key.Channel, StringComparer.Ordinal)]);
        AddSeries(
            trip,
            [
                .. counters.ByHour.OrderBy(row => row.Key.Distribution).ThenBy(row => row.Key.Channel, StringComparer.Ordinal)
                    .ThenBy(row => row.Key.Hour),
            ]);
        AddCounts(trip, Sql.AddToSegmentCounts, [.. counters.BySegment.OrderBy(row => row.Key)]);
        AddCounts(trip, Sql.AddToCustomerCounts, [.. counters.ByProject.OrderBy(row => row.Key)]);
        AddNamed(trip, Sql.AddToRowCounts, [.. counters.ByTable.OrderBy(row => row.Key.Project).ThenBy(row => row.Key.Table, StringComparer.Ordinal)]);
        AddNamed(trip, Sql.AddToTallies, [.. counters.ByKey.OrderBy(row => row.Key.Project).ThenBy(row => row.Key.Key, StringComparer.Ordinal)]);
    }

    /// <summary>Writes them in the transaction that is open on the connection.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, CounterDeltas counters)
    {
        var trip = new RoundTrip(connection);
        AddTo(trip, counters);
        if (!trip.IsEmpty)
        {
            await trip.SendAsync();
        }
    }

    private static void AddMessages(RoundTrip trip, IReadOnlyList<KeyValuePair<(int Distribution, string Channel), MessageDelta>> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var command = new SetCommand<KeyValuePair<(int Distribution, string Channel), MessageDelta>>(Sql.AddToMessageCounts, rows)
            .Column(row => row.Key.Distribution).Column(row => row.Key.Channel).Column(row => row.Value.Audience);
        for (var status = 0; status < StatusCounts.Length; status++)
        {
            var column = status;
            command.Column(row => row.Value.ByStatus[column]);
        }

        trip.Add(command.Column(row => row.Value.Recovered).Column(row => row.Value.Uncertain).Column(row => row.Value.Triggered));
    }

    private static void AddSeries(
        RoundTrip trip, IReadOnlyList<KeyValuePair<(int Distribution, string Channel, long Hour), SeriesDelta>> rows)
    {
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<KeyValuePair<(int Distribution, string Channel, long Hour), SeriesDelta>>(Sql.AddToSeries, rows)
                .Column(row => row.Key.Distribution).Column(row => row.Key.Channel).Column(row => row.Key.Hour)
                .Column(row => row.Value.Sent).Column(row => row.Value.Failed).Column(row => row.Value.Skipped)
                .Column(row => row.Value.Recovered));
        }
    }

    private static void AddCounts(RoundTrip trip, string sql, IReadOnlyList<KeyValuePair<int, long>> rows)
    {
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<KeyValuePair<int, long>>(sql, rows).Column(row => row.Key).Column(row => row.Value));
        }
    }

    private static void AddNamed(RoundTrip trip, string sql, IReadOnlyList<KeyValuePair<(int Project, string Name), long>> rows)
    {
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<KeyValuePair<(int Project, string Name), long>>(sql, rows)
                .Column(row => row.Key.Project).Column(row => row.Key.Name).Column(row => row.Value));
        }
    }

    private static class Sql
    {
        private const string Shard = "coalesce(CAST(nullif(current_setting('distributions.shard', true), '') AS integer), pg_backend_pid() % 16)";

        // The columns stand in the order of MessageStatus.
        public const string AddToMessageCounts =
            $"""
            INSERT INTO message_counts AS c
                (distribution, channel, audience, queued, retrying, sending, sent, failed, skipped, canceled, recovered, uncertain, triggered, shard)
            SELECT n.*, {Shard} FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS n
            ON CONFLICT (distribution, channel, shard) DO UPDATE SET
                audience = c.audience + excluded.audience, queued = c.queued + excluded.queued, retrying = c.retrying + excluded.retrying,
                sending = c.sending + excluded.sending, sent = c.sent + excluded.sent, failed = c.failed + excluded.failed,
                skipped = c.skipped + excluded.skipped, canceled = c.canceled + excluded.canceled,
                recovered = c.recovered + excluded.recovered, uncertain = c.uncertain + excluded.uncertain,
                triggered = c.triggered + excluded.triggered
            """;

        public const string AddToSeries =
            $"""
            INSERT INTO message_series AS s (distribution, channel, hour, sent, failed, skipped, recovered, shard)
            SELECT n.*, {Shard} FROM unnest($1, $2, $3, $4, $5, $6, $7) AS n
            ON CONFLICT (distribution, channel, hour, shard) DO UPDATE SET
                sent = s.sent + excluded.sent, failed = s.failed + excluded.failed, skipped = s.skipped + excluded.skipped,
                recovered = s.recovered + excluded.recovered
            """;

        public const string AddToSegmentCounts =
            """
            INSERT INTO segment_counts AS c (segment, members) SELECT n.* FROM unnest($1, $2) AS n
            ON CONFLICT (segment) DO UPDATE SET members = c.members + excluded.members
            """;

        public const string AddToCustomerCounts =
            $"""
            INSERT INTO customer_counts AS c (project, customers, shard) SELECT n.*, {Shard} FROM unnest($1, $2) AS n
            ON CONFLICT (project, shard) DO UPDATE SET customers = c.customers + excluded.customers
            """;

        public const string AddToRowCounts =
            $"""
            INSERT INTO row_counts AS c (project, name, rows, shard) SELECT n.*, {Shard} FROM unnest($1, $2, $3) AS n
            ON CONFLICT (project, name, shard) DO UPDATE SET rows = c.rows + excluded.rows
            """;

        public const string AddToTallies =
            $"""
            INSERT INTO tallies AS t (project, name, value, shard) SELECT n.*, {Shard} FROM unnest($1, $2, $3) AS n
            ON CONFLICT (project, name, shard) DO UPDATE SET value = t.value + excluded.value
            """;
    }
}
