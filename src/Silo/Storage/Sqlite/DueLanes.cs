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
        Walk(session, Sql.NextWaiting, found, now);
        Walk(session, Sql.NextSending, found, now);
        session.Execute("COMMIT");
        return [.. found];
    }

    private static void Walk(SqliteSession session, string next, SortedSet<(int, int, int)> found, long now)
    {
        var (distribution, lane) = (int.MinValue, int.MinValue);
        while (true)
        {
            var at = session.Prepare(next).Bind(distribution).Bind(lane);
            if (!at.Read())
            {
                return;
            }

            (distribution, lane) = (at.Int(0), at.Int(1));
            if (at.Number(2) <= now)
            {
                found.Add((at.Int(3), distribution, lane));
            }

            at.Reset();
        }
    }

    private static class Sql
    {
        // The first entry after a lane is the earliest due one of the next lane.
        public const string NextWaiting =
            """
            SELECT distribution, lane, due_at, project FROM messages
            WHERE (distribution, lane) > (?1, ?2) AND status <= 1 ORDER BY distribution, lane, due_at, no LIMIT 1
            """;

        public const string NextSending =
            """
            SELECT distribution, lane, 0, project FROM messages
            WHERE (distribution, lane) > (?1, ?2) AND status = 2 ORDER BY distribution, lane, no LIMIT 1
            """;
    }
}
