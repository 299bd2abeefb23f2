namespace Marketing.Storage.Sqlite;

/// <summary>
/// Finds the lanes with work by stepping over the indexes from lane to lane: the cost is that of the lanes, however many
/// millions of messages wait in them.
/// </summary>
internal static class DueLanes
{
    public static List<(int Project, int Distribution, int Lane)> Read(SqliteSession session, long now)
    {
        var found = new SortedSet<(int, int, int)>();

        // One snapshot: a message that moves from one index to the other between the two walks would be in neither.
        session.Execute("BEGIN");
        Walk(session, Sql.Waiting, found, now);
        Walk(session, Sql.Sending, found, now);
        session.Execute("COMMIT");
        return [.. found];
    }

    private static void Walk(SqliteSession session, in Steps steps, SortedSet<(int, int, int)> found, long now)
    {
        var last = Step(session.Prepare(steps.NextDistribution).Bind(long.MinValue), found, now);
        while (last is var (distribution, lane))
        {
            last = Step(session.Prepare(steps.NextLane).Bind(distribution).Bind(lane), found, now)
                ?? Step(session.Prepare(steps.NextDistribution).Bind(distribution), found, now);
        }
    }

    private static (int Distribution, int Lane)? Step(SqliteStatement next, SortedSet<(int, int, int)> found, long now)
    {
        if (!next.Read())
        {
            return null;
        }

        var (distribution, lane) = (next.Int(0), next.Int(1));
        if (next.Number(2) <= now)
        {
            found.Add((next.Int(3), distribution, lane));
        }

        next.Reset();
        return (distribution, lane);
    }

    private readonly record struct Steps(string NextDistribution, string NextLane);

    private static class Sql
    {
        // The first entry of a lane is its earliest due one. Comparing (distribution, lane) as a pair would do both steps in one
        // statement, but SQLite then walks over the whole lane it starts from.
        public static readonly Steps Waiting = new(
            """
            SELECT distribution, lane, due_at, project FROM messages INDEXED BY messages_due
            WHERE distribution > ?1 AND status <= 1 ORDER BY distribution, lane, due_at, no LIMIT 1
            """,
            """
            SELECT distribution, lane, due_at, project FROM messages INDEXED BY messages_due
            WHERE distribution = ?1 AND lane > ?2 AND status <= 1 ORDER BY lane, due_at, no LIMIT 1
            """);

        public static readonly Steps Sending = new(
            """
            SELECT distribution, lane, 0, project FROM messages INDEXED BY messages_sending
            WHERE distribution > ?1 AND status = 2 ORDER BY distribution, lane, no LIMIT 1
            """,
            """
            SELECT distribution, lane, 0, project FROM messages INDEXED BY messages_sending
            WHERE distribution = ?1 AND lane > ?2 AND status = 2 ORDER BY lane, no LIMIT 1
            """);
    }
}
