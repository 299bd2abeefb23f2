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

    private const string NotHandedOver =
        " AND m.no NOT IN (SELECT unnest(h.messages) FROM hand_offs h WHERE h.distribution = $1 AND h.lane = $2)";

    public const string Take =
        "SELECT " + DueMessages.Columns + " FROM messages m " + DueMessages.Joined +
        """
         WHERE m.distribution = $1 AND m.lane = $2 AND m.due_at <= $3 AND (m.due_at, m.no) > ($4, $5) AND m.status <= 1
        """ + NotHandedOver +
        """
         ORDER BY m.due_at, m.no LIMIT $6
        """;

    public const string NextDue =
        "SELECT m.due_at FROM messages m WHERE m.distribution = $1 AND m.lane = $2 AND m.status <= 1" + NotHandedOver + " ORDER BY m.due_at, m.no LIMIT 1";

    public const string HasPending = "SELECT 1 WHERE EXISTS (SELECT 1 FROM messages WHERE distribution = $1 AND status <= 1)";

    public const string Suppressions = "SELECT address, reason FROM suppressions WHERE project = $1 AND channel = $2 AND address = ANY($3)";

    // Steps over the index from lane to lane: the cost is that of the lanes, however many millions of messages wait in them. The first
    // entry of a lane is its earliest due one; what is being handed over is still among them.
    public const string DueLanes =
        """
        WITH RECURSIVE waiting AS (
            (SELECT project, distribution, lane, due_at FROM messages WHERE status <= 1 ORDER BY distribution, lane, due_at, no LIMIT 1)
            UNION ALL
            SELECT n.* FROM waiting w, LATERAL (
                SELECT project, distribution, lane, due_at FROM messages
                WHERE status <= 1 AND (distribution, lane) > (w.distribution, w.lane) ORDER BY distribution, lane, due_at, no LIMIT 1) n
        )
        SELECT project, distribution, lane FROM waiting WHERE due_at <= $1
        """;
}
