using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>How lanes read the queue.</summary>
internal static class SqliteQueueSql
{
    // Of a lane that another silo works on only where nothing is under way, or where that silo is known to be gone.
    public const string Claim =
        """
        INSERT INTO lanes (distribution, lane, epoch, owner) VALUES (?1, ?2, 1, ?3)
        ON CONFLICT (distribution, lane) DO UPDATE SET epoch = epoch + 1, owner = ?3
        WHERE owner IS NULL OR owner = ?3 OR owner = ?4 OR NOT EXISTS (
            SELECT 1 FROM messages INDEXED BY messages_sending WHERE distribution = ?1 AND lane = ?2 AND status = 2)
        RETURNING epoch
        """;

    public const string LaneOwner = "SELECT owner FROM lanes WHERE distribution = ?1 AND lane = ?2";

    // Steps over the index from lane to lane, as the other engine does.
    public const string Lanes =
        """
        WITH RECURSIVE waiting (lane) AS (
            SELECT (SELECT lane FROM messages INDEXED BY messages_due WHERE distribution = ?1 AND status <= 1 ORDER BY lane LIMIT 1)
            UNION ALL
            SELECT (SELECT lane FROM messages INDEXED BY messages_due WHERE distribution = ?1 AND status <= 1 AND lane > w.lane ORDER BY lane LIMIT 1)
            FROM waiting w WHERE w.lane IS NOT NULL
        )
        SELECT lane FROM lanes WHERE distribution = ?1 UNION SELECT lane FROM waiting WHERE lane IS NOT NULL
        """;

    public const string HandsOver = "SELECT 1 FROM messages INDEXED BY messages_sending WHERE distribution = ?1 AND lane = ?2 AND status = 2 LIMIT 1";

    // INDEXED BY, here and below: without statistics the planner prefers the primary key to a partial index, and would walk over
    // every message of the distribution. Rows come from the index in order; everything else is looked up by its key.
    public const string Take =
        "SELECT " + DueMessages.Columns + ", 0 FROM messages m INDEXED BY messages_due " + DueMessages.Joined +
        """
         WHERE m.distribution = ?1 AND m.lane = ?2 AND m.due_at <= ?3 AND m.status <= 1
        ORDER BY m.due_at, m.no LIMIT ?4
        """;

    public const string NextDue =
        """
        SELECT due_at FROM messages INDEXED BY messages_due WHERE distribution = ?1 AND lane = ?2 AND status <= 1 ORDER BY due_at LIMIT 1
        """;

    public const string HasPending =
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM messages INDEXED BY messages_due WHERE distribution = ?1 AND status <= 1)
            OR EXISTS (SELECT 1 FROM messages INDEXED BY messages_sending WHERE distribution = ?1 AND status = 2)
        """;
}
