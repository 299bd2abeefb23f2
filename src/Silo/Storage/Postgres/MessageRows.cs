using System.Runtime.InteropServices;

namespace Marketing.Storage.Postgres;

/// <summary>Writes of message rows, counted by those that were really inserted or moved.</summary>
internal static class MessageRows
{
    /// <param name="trip">Where the statement goes.</param>
    /// <param name="winners">Whose rows.</param>
    /// <param name="counters">What counts them.</param>
    /// <param name="mayExist">Whether some of them may be there already; otherwise such a row fails the transaction, which costs everybody else less.</param>
    public static void AddInserts(RoundTrip trip, IReadOnlyList<Commit> winners, CounterDeltas counters, bool mayExist)
    {
        // Sorted by what two silos may owe at once; the sort is stable, so of a batch the first still wins.
        List<(int Project, MessageInsert Row)> rows =
        [
            .. winners.SelectMany(commit => commit.Messages, (commit, message) => (commit.Project, Row: message))
                .OrderBy(row => row.Row.Customer).ThenBy(row => row.Row.Distribution).ThenBy(row => row.Row.Occurrence)
                .ThenBy(row => row.Row.Channel, StringComparer.Ordinal),
        ];
        if (rows.Count == 0)
        {
            return;
        }

        var command = new SetCommand<(int Project, MessageInsert Row)>(mayExist ? Sql.InsertMissing : Sql.Insert, rows)
            .Column(row => row.Row.Distribution).Column(row => row.Row.Number).Column(row => row.Project).Column(row => row.Row.Lane)
            .Column(row => row.Row.Customer).Column(row => row.Row.Occurrence).Column(row => row.Row.Channel)
            .Column(row => row.Row.DueAt.ToStored()).Column(row => row.Row.CreatedAt.ToStored());
        if (mayExist)
        {
            trip.Add(command, inserted => counters.Inserted(inserted.GetInt32(0), inserted.GetString(1), inserted.GetInt64(2)));
            return;
        }

        trip.Add(command);
        foreach (var (_, row) in rows)
        {
            counters.Inserted(row.Distribution, row.Channel, 1);
        }
    }

    public static void AddMoves(RoundTrip trip, IReadOnlyList<Commit> winners, CounterDeltas counters)
    {
        foreach (var commit in winners)
        {
            commit.Moved?.Clear();
        }

        // A statement changes a row once: the second move of a message, which only its own commit may ask for, is a statement later.
        Dictionary<(int Distribution, long Number), int> steps = [];
        var moves = winners.SelectMany(commit => commit.Moves, (commit, move) => (Commit: commit, Move: move)).Select(row =>
            (Step: CollectionsMarshal.GetValueRefOrAddDefault(steps, (row.Move.Distribution, row.Move.Number), out _)++, row.Commit, row.Move));
        foreach (var together in moves.GroupBy(row => (row.Step, row.Move.To, EndsHandOff: row.Move.From == MessageStatus.Sending)).OrderBy(group => group.Key))
        {
            List<(Commit Commit, MessageMove Move)> rows =
                [.. together.Select(row => (row.Commit, row.Move)).OrderBy(row => row.Move.Distribution).ThenBy(row => row.Move.Number)];
            var (_, to, endsHandOff) = together.Key;
            if (to == MessageStatus.Sending)
            {
                HandOffRows.AddBegun(trip, rows, counters);
                continue;
            }

            AddMoves(trip, SqlOf(to) + (endsHandOff ? Sql.OfHandedOver : Sql.OfWaiting), rows, counters);
            if (endsHandOff && to != MessageStatus.Sent)
            {
                HandOffRows.AddTakenBack(trip, rows);
            }
        }

        HandOffRows.AddEnded(trip, winners);
    }

    private static void AddMoves(RoundTrip trip, string sql, List<(Commit Commit, MessageMove Move)> rows, CounterDeltas counters) =>
        trip.Add(
            new SetCommand<(Commit Commit, MessageMove Move)>(sql, rows)
                .Column(row => row.Move.Distribution).Column(row => row.Move.Number).Column(row => (int)row.Move.From)
                .Column(row => row.Move.Epoch).Column(row => row.Commit.Project).Column(row => row.Move.DueAt.ToStored())
                .Column(row => row.Move.At.ToStored()).Column(row => row.Move.CountsAttempt ? 1 : 0).Column(row => row.Move.Reason)
                .Column(row => row.Move.HandOff),
            moved => Count(rows[(int)moved.GetInt64(0) - 1], counters));

    /// <summary>Notes that a message really moved.</summary>
    public static void Count((Commit Commit, MessageMove Move) row, CounterDeltas counters)
    {
        var (commit, move) = row;
        commit.Moved?.Add(move.Number);
        counters.Moved(move.Distribution, move.Channel, move.From, move.To, move.At.ToStored(), move.Recovered);
    }

    private static string SqlOf(MessageStatus to) => to switch
    {
        MessageStatus.Queued => Sql.ToQueued,
        MessageStatus.Retrying => Sql.ToRetrying,
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
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, due_at, created_at, status)
            SELECT n.*, 0
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
                AS n (distribution, no, project, lane, customer, occurrence, channel, due_at, created_at)
            """;

        public const string InsertMissing =
            "WITH inserted AS (" + Insert
            + """
             ON CONFLICT DO NOTHING RETURNING distribution, channel)
            SELECT distribution, channel, count(*) FROM inserted GROUP BY distribution, channel
            """;

        private const string Given =
            """
             FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) WITH ORDINALITY
                AS n (distribution, no, from_status, epoch, project, due_at, at, counts, reason, hand_off, ord)
            WHERE m.distribution = n.distribution AND m.no = n.no AND m.project = n.project
            """;

        public const string OfWaiting =
            Given
            + """
             AND m.status = n.from_status AND NOT EXISTS (
                SELECT 1 FROM hand_offs h WHERE h.distribution = m.distribution AND h.lane = m.lane AND m.no = ANY (h.messages) OFFSET 0)
            RETURNING n.ord
            """;

        // While it is being handed over, a message belongs to the epoch that does it. The sum keeps the planner from the index of what is due,
        // which does not lead to single messages; the offset keeps it from beginning with the hand-offs.
        public const string OfHandedOver =
            Given
            + """
             AND m.status + 0 <= 1 AND EXISTS (
                SELECT 1 FROM hand_offs h
                WHERE h.distribution = m.distribution AND h.lane = m.lane AND h.no = n.hand_off AND h.epoch = n.epoch AND m.no = ANY (h.messages)
                OFFSET 0)
            RETURNING n.ord
            """;

        public const string ToQueued = "UPDATE messages m SET status = 0, due_at = coalesce(n.due_at, m.due_at)";

        public const string ToRetrying =
            """
            UPDATE messages m SET status = 1, epoch = n.epoch, due_at = coalesce(n.due_at, m.due_at), attempts = m.attempts + n.counts, reason = n.reason,
                failed_at = CASE WHEN n.counts = 1 THEN coalesce(m.failed_at, n.at) ELSE m.failed_at END
            """;

        public const string ToSent = "UPDATE messages m SET status = 3, epoch = n.epoch, finished_at = n.at, attempts = m.attempts + 1, reason = NULL";

        public const string ToFailed =
            """
            UPDATE messages m SET status = 4, epoch = n.epoch, finished_at = n.at, failed_at = coalesce(m.failed_at, n.at), attempts = m.attempts + n.counts,
                reason = n.reason
            """;

        public const string ToSkipped = "UPDATE messages m SET status = 5, finished_at = n.at, reason = n.reason";

        public const string ToCanceled = "UPDATE messages m SET status = 6, finished_at = n.at";
    }
}
