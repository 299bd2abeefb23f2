using Npgsql;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>Set-based changes of the queue, each with its counters in the same transaction.</summary>
internal static class PostgresQueueChanges
{
    public static async Task<int> RecoverAsync(NpgsqlConnection connection, LaneFence fence, bool hold, long now)
    {
        if (!await OwnsAsync(connection, fence))
        {
            return 0;
        }

        var left = await GroupsAsync(
            connection, hold ? Sql.FailUncertain : Sql.RetryUncertain, Int(fence.Distribution), Int(fence.Lane), Long(fence.Epoch), Long(now));
        var counters = new CounterDeltas();
        foreach (var (channel, certain, count) in left)
        {
            counters.Moved(
                fence.Distribution, channel, MessageStatus.Sending, hold ? MessageStatus.Failed : MessageStatus.Retrying, now, recovered: false, count);
            counters.BecameUncertain(fence.Distribution, channel, certain);
        }

        await CounterRows.WriteAsync(connection, counters);
        return (int)left.Sum(group => group.Count);
    }

    public static async Task<int> CancelAsync(NpgsqlConnection connection, int distribution, int limit, long now)
    {
        var waiting = await GroupsAsync(connection, Sql.CancelWaiting, Int(distribution), Int(limit), Long(now));
        var counters = new CounterDeltas();
        foreach (var (channel, status, count) in waiting)
        {
            counters.Moved(distribution, channel, (MessageStatus)status, MessageStatus.Canceled, now, recovered: false, count);
        }

        await CounterRows.WriteAsync(connection, counters);
        return (int)waiting.Sum(group => group.Count);
    }

    public static async Task<int> RequeueFailedAsync(NpgsqlConnection connection, int distribution, IReadOnlyList<long>? numbers, int limit, long now)
    {
        var queued = numbers is null
            ? await GroupsAsync(connection, Sql.RequeueSome, Int(distribution), Int(limit), Long(now))
            : await GroupsAsync(connection, Sql.RequeueGiven, Int(distribution), Int(limit), Long(now), Longs(numbers));
        var counters = new CounterDeltas();
        foreach (var (channel, _, count) in queued)
        {
            counters.Moved(distribution, channel, MessageStatus.Failed, MessageStatus.Queued, now, recovered: false, count);
        }

        await CounterRows.WriteAsync(connection, counters);
        return (int)queued.Sum(group => group.Count);
    }

    public static async Task<int> DeleteAsync(NpgsqlConnection connection, int distribution, int limit)
    {
        // Of a deleted distribution nobody asks the counts again; leaving them would make them wrong.
        await using var delete = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("DELETE FROM message_counts WHERE distribution = $1") { Parameters = { Int(distribution) } },
                new NpgsqlBatchCommand("DELETE FROM hand_offs WHERE distribution = $1") { Parameters = { Int(distribution) } },
                new NpgsqlBatchCommand("DELETE FROM message_series WHERE distribution = $1") { Parameters = { Int(distribution) } },
            },
        };
        await delete.ExecuteNonQueryAsync();

        // What there is as much of as of messages, in parts: none of them takes longer than a statement may.
        await using var some = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[Sql.DeleteQueue, Sql.DeleteOutcomes, Sql.DeleteArrivals, Sql.DeleteAddresses, Sql.DeleteAttempts, Sql.DeleteSome])
        {
            some.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { Int(distribution), Int(limit) } });
        }

        return await some.ExecuteNonQueryAsync();
    }

    // The lock keeps another owner from claiming the lane before this transaction ends.
    private static async Task<bool> OwnsAsync(NpgsqlConnection connection, LaneFence fence)
    {
        await using var command = new NpgsqlCommand("SELECT epoch FROM lanes WHERE distribution = $1 AND lane = $2 FOR SHARE", connection)
        {
            Parameters = { Int(fence.Distribution), Int(fence.Lane) },
        };
        return await command.ExecuteScalarAsync() is long epoch && epoch == fence.Epoch;
    }

    private static async Task<List<(string Channel, long Detail, long Count)>> GroupsAsync(
        NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var groups = new List<(string, long, long)>();
        while (await reader.ReadAsync())
        {
            groups.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return groups;
    }

    private static class Sql
    {
        private const string Left =
            """
            WITH left_over AS (
                DELETE FROM hand_offs WHERE distribution = $1 AND lane = $2 AND epoch < $3 RETURNING lane, project, messages
            ), changed AS (
                SELECT m.no, m.channel, m.uncertain FROM (SELECT unnest(messages) AS no FROM left_over) l
                JOIN messages m ON m.distribution = $1 AND m.no = l.no
            ),
            """;

        private const string CountLeft =
            """
             FROM changed c WHERE m.distribution = $1 AND m.no = c.no)
            SELECT channel, count(*) FILTER (WHERE uncertain = 0), count(*) FROM changed GROUP BY channel
            """;

        public const string RetryUncertain = Left +
            """
             queued AS (
                INSERT INTO queue (distribution, no, lane, project, status, due_at, messages)
                SELECT $1, nextval('queue_numbers'), lane, project, 1, $4, messages FROM left_over),
            moved AS (UPDATE messages m SET uncertain = 1, status = 1, exception = 1, due_at = $4
            """ + CountLeft;

        public const string FailUncertain = Left +
            """
             finished AS (
                INSERT INTO outcomes (distribution, finished_at, kind, messages) SELECT $1, $4, 4, messages FROM left_over),
            moved AS (
                UPDATE messages m SET uncertain = 1, status = 4, exception = 4, reason = 'uncertain', finished_at = $4, failed_at = coalesce(m.failed_at, $4)
            """ + CountLeft;

        // Whole batches, and of the last one as many as there may still be. Which is decided on what they hold once they are locked: whoever was
        // taking messages out of one has done so by then. They are locked in order of their keys, as everywhere.
        public const string CancelWaiting =
            """
            WITH chosen AS (
                SELECT no FROM queue WHERE distribution = $1 ORDER BY lane, due_at, no LIMIT $2
            ), locked AS (
                SELECT q.no, q.lane, q.due_at, q.status, q.messages, q.customers FROM queue q
                WHERE q.distribution = $1 AND q.no IN (SELECT no FROM chosen) ORDER BY q.no FOR UPDATE
            ), next AS (
                SELECT no, status, messages, customers, CAST($2 - before AS integer) AS most FROM (
                    SELECT l.*, sum(cardinality(messages)) OVER (ORDER BY lane, due_at, no) - cardinality(messages) AS before FROM locked l
                ) counted WHERE before < $2
            ), gone AS (
                DELETE FROM queue q USING next n WHERE q.distribution = $1 AND q.no = n.no AND cardinality(n.messages) <= n.most RETURNING n.status, n.messages
            ), cut AS (
                UPDATE queue q SET messages = n.messages[n.most + 1:], customers = n.customers[n.most + 1:] FROM next n
                WHERE q.distribution = $1 AND q.no = n.no AND cardinality(n.messages) > n.most
                RETURNING n.status, n.messages[:n.most] AS messages
            ), batches AS (
                SELECT status, messages FROM gone UNION ALL SELECT status, messages FROM cut
            ), changed AS (
                SELECT m.no, m.channel, b.status FROM (SELECT status, unnest(messages) AS no FROM batches) b
                JOIN messages m ON m.distribution = $1 AND m.no = b.no
            ), finished AS (
                INSERT INTO outcomes (distribution, finished_at, kind, messages) SELECT $1, $3, 6, messages FROM batches
            ), moved AS (
                UPDATE messages m SET status = 6, exception = 6, finished_at = $3 FROM changed c WHERE m.distribution = $1 AND m.no = c.no)
            SELECT channel, CAST(status AS bigint), count(*) FROM changed GROUP BY channel, status
            """;

        public const string RequeueSome = "WITH changed AS (SELECT no, channel, lane, project FROM messages WHERE distribution = $1 AND exception = 4" + Requeue;

        public const string RequeueGiven =
            "WITH changed AS (SELECT no, channel, lane, project FROM messages WHERE distribution = $1 AND exception = 4 AND no = ANY($4)" + Requeue;

        public const string DeleteQueue =
            "DELETE FROM queue WHERE distribution = $1 AND no IN (SELECT no FROM queue WHERE distribution = $1 ORDER BY no LIMIT $2)";

        // These have no key, or one of three columns. A row that was moved meanwhile is left for the next part.
        public const string DeleteOutcomes = "DELETE FROM outcomes WHERE ctid = ANY (ARRAY(SELECT ctid FROM outcomes WHERE distribution = $1 LIMIT $2))";

        public const string DeleteArrivals = "DELETE FROM arrivals WHERE ctid = ANY (ARRAY(SELECT ctid FROM arrivals WHERE distribution = $1 LIMIT $2))";

        public const string DeleteAttempts =
            "DELETE FROM message_attempts WHERE ctid = ANY (ARRAY(SELECT ctid FROM message_attempts WHERE distribution = $1 LIMIT $2))";

        public const string DeleteAddresses =
            "DELETE FROM message_addresses WHERE distribution = $1 AND address IN (SELECT address FROM message_addresses WHERE distribution = $1 ORDER BY address LIMIT $2)";

        public const string DeleteSome =
            "DELETE FROM messages WHERE distribution = $1 AND no IN (SELECT no FROM messages WHERE distribution = $1 ORDER BY no LIMIT $2)";

        // The channel's schedule starts anew; that it failed before stays known.
        private const string Requeue =
            """
             ORDER BY created_at, no LIMIT $2 FOR UPDATE), queued AS (
                INSERT INTO queue (distribution, no, lane, project, status, due_at, messages)
                SELECT $1, nextval('queue_numbers'), lane, project, 0, $3, messages FROM (
                    SELECT lane, project, array_agg(no ORDER BY no) AS messages FROM (
                        SELECT lane, project, no, (row_number() OVER (PARTITION BY lane ORDER BY no) - 1) / 200 AS part FROM changed) parts
                    GROUP BY lane, project, part) batches
            ), moved AS (
                UPDATE messages m SET status = 0, exception = NULL, due_at = $3, finished_at = NULL, reason = NULL, attempts = 0
                FROM changed c WHERE m.distribution = $1 AND m.no = c.no)
            SELECT channel, CAST(0 AS bigint), count(*) FROM changed GROUP BY channel
            """;
    }
}
