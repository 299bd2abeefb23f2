namespace Marketing.Storage.Postgres;

/// <summary>How lanes read the queue.</summary>
internal static class PostgresQueueSql
{
    public const string AddLane = "INSERT INTO lanes (distribution, lane, epoch) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";

    // Locked before it is looked at: what was marked until then is seen by the next statement, and nothing is marked after it.
    public const string LockLane = "SELECT owner FROM lanes WHERE distribution = $1 AND lane = $2 FOR UPDATE";

    // Of a lane that another silo works on only where nothing is under way, or where that silo is known to be gone.
    public const string Claim =
        """
        UPDATE lanes SET epoch = epoch + 1, owner = $3
        WHERE distribution = $1 AND lane = $2 AND (owner IS NULL OR owner = $3 OR owner = $4
            OR NOT EXISTS (SELECT 1 FROM hand_offs h WHERE h.distribution = $1 AND h.lane = $2))
        RETURNING epoch
        """;

    // Steps over the index from lane to lane, as below.
    public const string Lanes =
        """
        WITH RECURSIVE waiting AS (
            (SELECT lane FROM queue WHERE distribution = $1 ORDER BY lane LIMIT 1)
            UNION ALL
            SELECT n.lane FROM waiting w, LATERAL (SELECT lane FROM queue WHERE distribution = $1 AND lane > w.lane ORDER BY lane LIMIT 1) n
        )
        SELECT lane FROM lanes WHERE distribution = $1 UNION SELECT lane FROM waiting
        """;

    public const string HandsOver = "SELECT 1 FROM hand_offs WHERE distribution = $1 AND lane = $2 LIMIT 1";

    // Lists are planned for what they ask for; this is always the same, and its planning would cost as much as reading does.
    public const string PlanOnce = "SELECT 1 FROM set_config('plan_cache_mode', 'force_generic_plan', true) AS mode WHERE mode IS NULL";

    // The batches come in order of the index and their messages in the order they stand in them, until there are enough. Messages are looked up
    // where their batch does not say what they are, or says it of others than it holds by now; the offset keeps the planner from beginning with them: of a distribution that is younger
    // than the statistics it expects a single one.
    public const string Take =
        """
        SELECT e.no, coalesce(m.channel, q.channel), q.status, coalesce(m.attempts, 0), m.failed_at, coalesce(m.occurrence, q.occurrence),
            coalesce(m.due_at, q.due_at), coalesce(m.created_at, q.created_at), coalesce(m.customer, e.customer),
            c.id, c.document, a.no, a.type, a.created_at, a.group_id, a.channel, a.data, q.no, cardinality(q.messages)
        FROM queue q CROSS JOIN LATERAL unnest(
            q.messages, CASE WHEN cardinality(q.customers) = cardinality(q.messages) THEN q.customers END) AS e (no, customer)
        LEFT JOIN LATERAL (SELECT * FROM messages m WHERE e.customer IS NULL AND m.distribution = q.distribution AND m.no = e.no OFFSET 0) m ON true
        LEFT JOIN customers c ON c.no = coalesce(m.customer, e.customer)
        LEFT JOIN activity a ON a.no = m.occurrence AND m.occurrence > 0
        WHERE q.distribution = $1 AND q.lane = $2 AND q.due_at <= $3 AND (e.customer IS NOT NULL OR m.no IS NOT NULL)
        ORDER BY q.due_at, q.no LIMIT $4
        """;

    public const string NextDue = "SELECT due_at FROM queue WHERE distribution = $1 AND lane = $2 ORDER BY due_at LIMIT 1";

    public const string HasPending =
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM queue WHERE distribution = $1) OR EXISTS (SELECT 1 FROM hand_offs WHERE distribution = $1)
        """;

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
