using Marketing.Storage.Relational;

namespace Marketing.Storage.Postgres;

/// <summary>How lanes read the queue.</summary>
internal static class PostgresQueueSql
{
    public const string Claim =
        """
        INSERT INTO lanes (distribution, lane, epoch) VALUES ($1, $2, 1)
        ON CONFLICT (distribution, lane) DO UPDATE SET epoch = lanes.epoch + 1 RETURNING epoch
        """;

    // The batches come in order of the index and their messages in the order they stand in them, until there are enough. The offset keeps the
    // planner from beginning with the messages: of a distribution that is younger than the statistics it expects a single one.
    public const string Take =
        "SELECT " + DueMessages.Columns +
        """
        , q.no FROM queue q CROSS JOIN LATERAL unnest(q.messages) AS e (no)
        CROSS JOIN LATERAL (SELECT * FROM messages m WHERE m.distribution = q.distribution AND m.no = e.no OFFSET 0) m

        """ + DueMessages.Joined +
        """
         WHERE q.distribution = $1 AND q.lane = $2 AND q.due_at <= $3 ORDER BY q.due_at, q.no LIMIT $4
        """;

    public const string NextDue = "SELECT due_at FROM queue WHERE distribution = $1 AND lane = $2 ORDER BY due_at LIMIT 1";

    public const string HasPending =
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM queue WHERE distribution = $1) OR EXISTS (SELECT 1 FROM hand_offs WHERE distribution = $1)
        """;

    public const string Suppressions = "SELECT address, reason FROM suppressions WHERE project = $1 AND channel = $2 AND address = ANY($3)";

    // Steps over the index from lane to lane: the cost is that of the lanes, however many messages wait in them. The first entry of a lane is
    // its earliest due one.
    public const string DueLanes =
        """
        WITH RECURSIVE waiting AS (
            (SELECT project, distribution, lane, due_at FROM queue ORDER BY distribution, lane, due_at, no LIMIT 1)
            UNION ALL
            SELECT n.* FROM waiting w, LATERAL (
                SELECT project, distribution, lane, due_at FROM queue
                WHERE (distribution, lane) > (w.distribution, w.lane) ORDER BY distribution, lane, due_at, no LIMIT 1) n
        )
        SELECT project, distribution, lane FROM waiting WHERE due_at <= $1 UNION SELECT project, distribution, lane FROM hand_offs
        """;
}
