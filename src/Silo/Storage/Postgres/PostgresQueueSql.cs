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

    public const string Take =
        "SELECT " + DueMessages.Columns + " FROM messages m " + DueMessages.Joined +
        """
         WHERE m.distribution = $1 AND m.lane = $2 AND m.due_at <= $3 AND m.status <= 1
        ORDER BY m.due_at, m.no LIMIT $4
        """;

    public const string NextDue = "SELECT due_at FROM messages WHERE distribution = $1 AND lane = $2 AND status <= 1 ORDER BY due_at, no LIMIT 1";

    public const string HasPending =
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM messages WHERE distribution = $1 AND status <= 1)
            OR EXISTS (SELECT 1 FROM messages WHERE distribution = $1 AND status = 2)
        """;

    public const string Suppressions = "SELECT address, reason FROM suppressions WHERE project = $1 AND channel = $2 AND address = ANY($3)";

    // Steps over the indexes from lane to lane: the cost is that of the lanes, however many millions of messages wait in them. The first
    // entry of a lane is its earliest due one. One statement, one snapshot: a message that moves between the indexes is in one of them.
    public const string DueLanes =
        """
        WITH RECURSIVE waiting AS (
            (SELECT project, distribution, lane, due_at FROM messages WHERE status <= 1 ORDER BY distribution, lane, due_at, no LIMIT 1)
            UNION ALL
            SELECT n.* FROM waiting w, LATERAL (
                SELECT project, distribution, lane, due_at FROM messages
                WHERE status <= 1 AND (distribution, lane) > (w.distribution, w.lane) ORDER BY distribution, lane, due_at, no LIMIT 1) n
        ), sending AS (
            (SELECT project, distribution, lane FROM messages WHERE status = 2 ORDER BY distribution, lane, no LIMIT 1)
            UNION ALL
            SELECT n.* FROM sending s, LATERAL (
                SELECT project, distribution, lane FROM messages
                WHERE status = 2 AND (distribution, lane) > (s.distribution, s.lane) ORDER BY distribution, lane, no LIMIT 1) n
        )
        SELECT project, distribution, lane FROM waiting WHERE due_at <= $1
        UNION
        SELECT project, distribution, lane FROM sending
        """;
}
