namespace Marketing.Storage.Sqlite;

/// <summary>Writes of message rows, each with the counters that follow from it.</summary>
internal sealed class MessageRows(SqliteSession session, CommitPositions positions)
{
    public void Insert(int project, in MessageInsert message, CounterDeltas counters)
    {
        var inserted = session.Prepare(Sql.Insert)
            .Bind(message.Distribution).Bind(message.Number).Bind(project).Bind(message.Lane).Bind(message.Customer).Bind(message.Occurrence)
            .Bind(message.Channel).Bind(message.DueAt.ToStored()).Bind(message.CreatedAt.ToStored()).Run();
        if (inserted == 1)
        {
            counters.Inserted(message.Distribution, message.Channel, 1, triggered: message.Occurrence > 0 ? 1 : 0);
        }
    }

    /// <summary>Whether the message was where the move begins.</summary>
    public bool Move(int project, in MessageMove move, CounterDeltas counters)
    {
        var at = move.At.ToStored();
        var recorded = move.To >= MessageStatus.Sent ? positions.Current : 0;
        var statement = session.Prepare(SqlOf(move.To))
            .Bind(move.Distribution).Bind(move.Number).Bind((int)move.From).Bind(move.Epoch).Bind(project);
        var moved = move.To switch
        {
            MessageStatus.Sending => statement.Run(),
            MessageStatus.Queued => statement.Bind(move.DueAt.ToStored()).Run(),
            MessageStatus.Retrying => statement.Bind(move.DueAt.ToStored()).Bind(at).Bind(move.CountsAttempt).Bind(move.Reason).Run(),
            MessageStatus.Failed => statement.Bind(at).Bind(recorded).Bind(move.CountsAttempt).Bind(move.Reason).Run(),
            MessageStatus.Skipped => statement.Bind(at).Bind(recorded).Bind(move.Reason).Run(),
            _ => statement.Bind(at).Bind(recorded).Run(),
        };
        if (moved == 1)
        {
            if (move.To >= MessageStatus.Sent)
            {
                positions.Finished(move.Distribution, move.Number);
            }

            counters.Moved(move.Distribution, move.Channel, move.From, move.To, at, move.Recovered);
            if (move.Attempt is { } attempt)
            {
                session.Prepare(Sql.NoteAttempt).Bind(move.Distribution).Bind(move.Number).Bind(attempt.Began.ToStored()).Bind((long)attempt.Took.TotalMilliseconds)
                    .Bind((int)move.To).Bind(attempt.Answer).Run();
            }
        }

        return moved == 1;
    }

    /// <summary>Whether the lane is still owned under this epoch.</summary>
    public bool Owns(in LaneFence fence) =>
        session.Prepare(Sql.ReadEpoch).Bind(fence.Distribution).Bind(fence.Lane).ReadNumber() == fence.Epoch;

    private static string SqlOf(MessageStatus to) => to switch
    {
        MessageStatus.Queued => Sql.ToQueued,
        MessageStatus.Retrying => Sql.ToRetrying,
        MessageStatus.Sending => Sql.ToSending,
        MessageStatus.Sent => Sql.ToSent,
        MessageStatus.Failed => Sql.ToFailed,
        MessageStatus.Skipped => Sql.ToSkipped,
        MessageStatus.Canceled => Sql.ToCanceled,
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, null),
    };

    private static class Sql
    {
        public const string Insert =
            """
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9) ON CONFLICT DO NOTHING
            """;

        public const string ReadEpoch = "SELECT epoch FROM lanes WHERE distribution = ?1 AND lane = ?2";

        // Once it is sending, a message belongs to the epoch that handed it over.
        private const string Guard = " WHERE distribution = ?1 AND no = ?2 AND status = ?3 AND (?3 <> 2 OR epoch = ?4) AND project = ?5";

        public const string ToQueued = "UPDATE messages SET status = 0, due_at = coalesce(?6, due_at)" + Guard;

        public const string ToRetrying =
            """
            UPDATE messages SET status = 1, due_at = coalesce(?6, due_at), attempts = attempts + ?8, reason = coalesce(?9, reason),
                failed_at = CASE WHEN ?8 THEN coalesce(failed_at, ?7) ELSE failed_at END
            """ + Guard;

        public const string ToSending = "UPDATE messages SET status = 2, epoch = ?4" + Guard;

        public const string ToSent = "UPDATE messages SET status = 3, finished_at = ?6, recorded = ?7, attempts = attempts + 1, reason = NULL" + Guard;

        public const string ToFailed =
            """
            UPDATE messages SET status = 4, finished_at = ?6, recorded = ?7, failed_at = coalesce(failed_at, ?6), attempts = attempts + ?8, reason = ?9
            """ + Guard;

        public const string ToSkipped = "UPDATE messages SET status = 5, finished_at = ?6, recorded = ?7, reason = ?8" + Guard;

        public const string NoteAttempt =
            "INSERT INTO message_attempts (distribution, message, began_at, took, status, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

        public const string ToCanceled = "UPDATE messages SET status = 6, finished_at = ?6, recorded = ?7" + Guard;
    }
}
