namespace Marketing.Storage.Postgres;

/// <summary>
/// Writes of hand-offs: one row says of a whole batch of messages that they are being handed over. Their own rows stay as they were taken until
/// there is an outcome, which saves each of them a version in every index.
/// </summary>
internal static class HandOffRows
{
    public static void AddBegun(RoundTrip trip, IReadOnlyList<(Commit Commit, MessageMove Move)> rows, CounterDeltas counters)
    {
        var asked = rows.ToDictionary(row => row.Move.Number);
        trip.Add(
            new SetCommand<(Commit Commit, MessageMove Move)>(Sql.Begin, rows)
                .Column(row => row.Move.Distribution).Column(row => row.Move.Number).Column(row => (int)row.Move.From)
                .Column(row => row.Move.Epoch).Column(row => row.Commit.Project).Column(row => row.Move.HandOff),
            begun => MessageRows.Count(asked[begun.GetInt64(0)], counters));
    }

    /// <summary>
    /// What may be handed over again leaves before its batch ends, which may be long: to be tried again, or failed and queued again by somebody.
    /// </summary>
    public static void AddTakenBack(RoundTrip trip, IReadOnlyList<(Commit Commit, MessageMove Move)> rows) =>
        trip.Add(new SetCommand<(Commit Commit, MessageMove Move)>(Sql.TakeBack, rows)
            .Column(row => row.Move.Distribution).Column(row => row.Move.Number).Column(row => row.Move.Epoch).Column(row => row.Move.HandOff));

    public static void AddEnded(RoundTrip trip, IReadOnlyList<Commit> winners)
    {
        List<(LaneFence Lane, long HandOff)> ended =
        [
            .. winners.Where(commit => commit is { EndsHandOff: not null, Fence: not null })
                .Select(commit => (Lane: commit.Fence!.Value, HandOff: commit.EndsHandOff!.Value))
                .OrderBy(row => row.Lane.Distribution).ThenBy(row => row.Lane.Lane).ThenBy(row => row.HandOff),
        ];
        if (ended.Count > 0)
        {
            trip.Add(new SetCommand<(LaneFence Lane, long HandOff)>(Sql.End, ended)
                .Column(row => row.Lane.Distribution).Column(row => row.Lane.Lane).Column(row => row.HandOff));
        }
    }

    private static class Sql
    {
        public const string Begin =
            """
            WITH fresh AS (
                SELECT m.distribution, m.lane, n.hand_off, n.epoch, m.no
                FROM unnest($1, $2, $3, $4, $5, $6) AS n (distribution, no, from_status, epoch, project, hand_off)
                JOIN messages m ON m.distribution = n.distribution AND m.no = n.no
                WHERE m.status = n.from_status AND m.project = n.project
                    AND m.no NOT IN (SELECT unnest(o.messages) FROM hand_offs o WHERE o.distribution = ANY ($1))
            ), begun AS (
                INSERT INTO hand_offs AS h (distribution, lane, no, epoch, messages)
                SELECT distribution, lane, hand_off, epoch, array_agg(no) FROM fresh GROUP BY distribution, lane, hand_off, epoch
                ON CONFLICT (distribution, lane, no) DO UPDATE SET epoch = excluded.epoch, messages = h.messages || excluded.messages)
            SELECT no FROM fresh
            """;

        public const string TakeBack =
            """
            UPDATE hand_offs h SET messages = ARRAY(SELECT e FROM unnest(h.messages) AS e WHERE e <> ALL (b.messages))
            FROM (
                SELECT m.distribution, m.lane, n.hand_off, n.epoch, array_agg(n.no) AS messages
                FROM unnest($1, $2, $3, $4) AS n (distribution, no, epoch, hand_off)
                JOIN messages m ON m.distribution = n.distribution AND m.no = n.no
                GROUP BY m.distribution, m.lane, n.hand_off, n.epoch
            ) b
            WHERE h.distribution = b.distribution AND h.lane = b.lane AND h.no = b.hand_off AND h.epoch = b.epoch
            """;

        public const string End =
            """
            DELETE FROM hand_offs h USING unnest($1, $2, $3) AS n (distribution, lane, no)
            WHERE h.distribution = n.distribution AND h.lane = n.lane AND h.no = n.no
            """;
    }
}
