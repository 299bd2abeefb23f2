namespace Marketing.Storage.Sqlite;

/// <summary>Set-based changes of the queue, each with its counters in the same transaction.</summary>
internal static class SqliteQueueChanges
{
    public static int Recover(CommitSession session, in LaneFence fence, bool hold, long now)
    {
        if (!session.Messages.Owns(fence))
        {
            return 0;
        }

        var left = session.Prepare(Sql.LeftSending).Bind(fence.Distribution).Bind(fence.Lane).Bind(fence.Epoch)
            .ReadAll(static row => (Channel: row.Text(0), Count: row.Number(1), Certain: row.Number(2)));
        foreach (var (channel, count, certain) in left)
        {
            session.Counters.Moved(
                fence.Distribution, channel, MessageStatus.Sending, hold ? MessageStatus.Failed : MessageStatus.Retrying, now,
                recovered: false, count);
            session.Counters.BecameUncertain(fence.Distribution, channel, certain);
        }

        if (!hold || left.Count == 0)
        {
            return session.Prepare(Sql.RetryUncertain).Bind(fence.Distribution).Bind(fence.Lane).Bind(fence.Epoch).Bind(now).Run();
        }

        var position = session.Positions.Next();
        session.Prepare(Sql.RecordUncertain).Bind(fence.Distribution).Bind(fence.Lane).Bind(fence.Epoch).Bind(position).Run();
        return session.Prepare(Sql.FailUncertain).Bind(fence.Distribution).Bind(fence.Lane).Bind(fence.Epoch).Bind(now).Bind(position).Run();
    }

    public static long? Snapshot(CommitSession session, AudienceChunk chunk)
    {
        var part = session.Prepare(Sql.ChunkEnd).Bind(chunk.Segment).Bind(chunk.AfterCustomer).Bind(chunk.Limit)
            .ReadFirst(static row => (Count: row.Int(0), Last: row.NumberOrNull(1)));
        if (part.Last is not { } last)
        {
            return null;
        }

        var first = session.Reserve(NumberSequence.Messages, part.Count * chunk.Channels.Count);
        foreach (var channel in chunk.Channels)
        {
            var made = session.Prepare(Sql.InsertChunk)
                .Bind(chunk.Distribution).Bind(first).Bind(chunk.Project).Bind(chunk.Lanes).Bind(chunk.Occurrence).Bind(channel)
                .Bind(chunk.DueAt.ToStored()).Bind(chunk.Now.ToStored()).Bind(chunk.Segment).Bind(chunk.AfterCustomer).Bind(last).Bind(chunk.SkipAlreadyOwed).Run();
            session.Counters.Inserted(chunk.Distribution, channel, made, triggered: 0);
            first += part.Count;
        }

        return last;
    }

    public static int Cancel(CommitSession session, int distribution, int limit, long now)
    {
        var waiting = session.Prepare(Sql.CountWaiting).Bind(distribution).Bind(limit)
            .ReadAll(static row => (Channel: row.Text(0), Status: (MessageStatus)row.Int(1), Count: row.Number(2)));
        foreach (var (channel, status, count) in waiting)
        {
            session.Counters.Moved(distribution, channel, status, MessageStatus.Canceled, now, recovered: false, count);
        }

        if (waiting.Count == 0)
        {
            return 0;
        }

        var position = session.Positions.Next();
        session.Prepare(Sql.RecordWaiting).Bind(distribution).Bind(limit).Bind(position).Run();
        return session.Prepare(Sql.CancelWaiting).Bind(distribution).Bind(limit).Bind(now).Bind(position).Run();
    }

    public static int RequeueFailed(CommitSession session, int distribution, IReadOnlyList<long>? numbers, int limit, long now)
    {
        var chosen = numbers ?? session.Prepare(Sql.SomeFailed).Bind(distribution).Bind(limit).ReadAll(static row => row.Number(0));
        var queued = 0;
        foreach (var number in chosen)
        {
            if (queued == limit)
            {
                break;
            }

            if (session.Prepare(Sql.Requeue).Bind(distribution).Bind(number).Bind(now).ReadText() is { } channel)
            {
                session.Counters.Moved(distribution, channel, MessageStatus.Failed, MessageStatus.Queued, now, recovered: false);
                queued++;
            }
        }

        return queued;
    }

    public static int Delete(CommitSession session, int distribution, int limit)
    {
        // Of a deleted distribution nobody asks the counts again; leaving them would make them wrong.
        session.Prepare("DELETE FROM message_counts WHERE distribution = ?1").Bind(distribution).Run();
        session.Prepare("DELETE FROM message_series WHERE distribution = ?1").Bind(distribution).Run();
        var outcomes = session.Prepare(Sql.DeleteOutcomes).Bind(distribution).Bind(limit).Run();
        var addresses = session.Prepare(Sql.DeleteAddresses).Bind(distribution).Bind(limit).Run();
        var attempts = session.Prepare(Sql.DeleteAttempts).Bind(distribution).Bind(limit).Run();
        return outcomes + addresses + attempts + session.Prepare(Sql.DeleteSome).Bind(distribution).Bind(limit).Run();
    }

    private static class Sql
    {
        private const string Left = "distribution = ?1 AND lane = ?2 AND status = 2 AND epoch < ?3";

        public const string LeftSending =
            "SELECT channel, count(*), count(*) FILTER (WHERE uncertain = 0) FROM messages INDEXED BY messages_sending WHERE "
            + Left + " GROUP BY channel";

        public const string RetryUncertain = "UPDATE messages INDEXED BY messages_sending SET status = 1, uncertain = 1, due_at = ?4 WHERE " + Left;

        public const string FailUncertain =
            """
            UPDATE messages INDEXED BY messages_sending SET status = 4, uncertain = 1, reason = 'uncertain', finished_at = ?4, recorded = ?5,
                failed_at = coalesce(failed_at, ?4)
            """ + " WHERE " + Left;

        // Before the rows change, by which they are found.
        public const string RecordUncertain =
            "INSERT INTO outcomes (distribution, recorded, messages) SELECT ?1, ?4, json_group_array(no) FROM messages INDEXED BY messages_sending WHERE " + Left;

        public const string ChunkEnd =
            """
            SELECT count(*), max(customer) FROM (
                SELECT customer FROM memberships WHERE segment = ?1 AND customer > ?2 ORDER BY customer LIMIT ?3)
            """;

        public const string InsertChunk =
            """
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at)
            SELECT ?1, ?2 - 1 + row_number() OVER (ORDER BY customer), ?3, customer % ?4, customer, ?5, ?6, 0, ?7, ?8
            FROM memberships WHERE segment = ?9 AND customer > ?10 AND customer <= ?11
                AND (?12 = 0 OR NOT EXISTS (SELECT 1 FROM message_counts c WHERE c.distribution = ?1 AND c.triggered > 0) OR NOT EXISTS (
                    SELECT 1 FROM messages m WHERE m.customer = memberships.customer AND m.distribution = ?1 AND m.occurrence > 0))
            ORDER BY customer
            ON CONFLICT DO NOTHING
            """;

        private const string Waiting =
            "SELECT no FROM messages INDEXED BY messages_due WHERE distribution = ?1 AND status <= 1 ORDER BY lane, due_at, no LIMIT ?2";

        // All see the same rows: they are read in the same order by the same transaction.
        public const string CountWaiting =
            "SELECT channel, status, count(*) FROM messages WHERE distribution = ?1 AND no IN (" + Waiting + ") GROUP BY channel, status";

        public const string CancelWaiting =
            "UPDATE messages SET status = 6, finished_at = ?3, recorded = ?4 WHERE distribution = ?1 AND no IN (" + Waiting + ")";

        public const string RecordWaiting =
            "INSERT INTO outcomes (distribution, recorded, messages) SELECT ?1, ?3, json_group_array(no) FROM (" + Waiting + ")";

        public const string SomeFailed =
            """
            SELECT no FROM messages INDEXED BY messages_exceptions
            WHERE distribution = ?1 AND status = 4 AND (status = 1 OR status >= 4) ORDER BY created_at, no LIMIT ?2
            """;

        // The channel's schedule starts anew; that it failed before stays known.
        public const string Requeue =
            """
            UPDATE messages SET status = 0, due_at = ?3, finished_at = NULL, recorded = NULL, reason = NULL, attempts = 0
            WHERE distribution = ?1 AND no = ?2 AND status = 4 RETURNING channel
            """;

        public const string DeleteOutcomes =
            "DELETE FROM outcomes WHERE distribution = ?1 AND recorded IN (SELECT recorded FROM outcomes WHERE distribution = ?1 ORDER BY recorded LIMIT ?2)";

        public const string DeleteAttempts =
            "DELETE FROM message_attempts WHERE no IN (SELECT no FROM message_attempts WHERE distribution = ?1 ORDER BY message, no LIMIT ?2)";

        public const string DeleteAddresses =
            "DELETE FROM message_addresses WHERE distribution = ?1 AND address IN (SELECT address FROM message_addresses WHERE distribution = ?1 ORDER BY address LIMIT ?2)";

        public const string DeleteSome =
            "DELETE FROM messages WHERE distribution = ?1 AND no IN (SELECT no FROM messages WHERE distribution = ?1 ORDER BY no LIMIT ?2)";
    }
}
