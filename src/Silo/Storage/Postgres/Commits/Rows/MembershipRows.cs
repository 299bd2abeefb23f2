namespace Marketing.Storage.Postgres;

/// <summary>Writes of memberships, counted by those that were really entered or left.</summary>
internal static class MembershipRows
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<Commit> winners, CounterDeltas counters)
    {
        // No two commits of a group share a customer, so the last word of a commit is the last word.
        SortedDictionary<(int Segment, long Customer), bool> enters = [];
        foreach (var commit in winners)
        {
            foreach (var segment in commit.Removal?.Segments ?? [])
            {
                enters[(segment, commit.Removal!.Number)] = false;
            }

            foreach (var membership in commit.Memberships)
            {
                enters[(membership.Segment, membership.Customer)] = membership.Enters;
            }
        }

        List<(int Segment, long Customer)> leaves = [.. enters.Where(row => !row.Value).Select(row => row.Key)];
        if (leaves.Count > 0)
        {
            trip.Add(new SetCommand<int>(SyncLocks.AwaitChunks, [.. leaves.Select(row => row.Segment).Distinct()]).Column(segment => segment), static _ => { });
        }

        Add(trip, Sql.Leave, -1, leaves, counters);
        Add(trip, Sql.Enter, 1, [.. enters.Where(row => row.Value).Select(row => row.Key)], counters);
    }

    private static void Add(
        RoundTrip trip, string sql, int sign, List<(int Segment, long Customer)> rows, CounterDeltas counters)
    {
        if (rows.Count > 0)
        {
            trip.Add(
                new SetCommand<(int Segment, long Customer)>(sql, rows).Column(row => row.Segment).Column(row => row.Customer),
                changed => counters.Members(changed.GetInt32(0), sign * changed.GetInt64(1)));
        }
    }

    private static class Sql
    {
        public const string Enter =
            """
            WITH entered AS (
                INSERT INTO memberships (segment, customer, created_at, source_id)
                SELECT n.segment, n.customer, coalesce(c.created_at, 0), c.source_id
                FROM unnest($1, $2) AS n (segment, customer) LEFT JOIN customers c ON c.no = n.customer
                ON CONFLICT DO NOTHING RETURNING segment)
            SELECT segment, count(*) FROM entered GROUP BY segment
            """;

        public const string Leave =
            """
            WITH gone AS (
                DELETE FROM memberships m USING unnest($1, $2) AS n (segment, customer)
                WHERE m.segment = n.segment AND m.customer = n.customer RETURNING m.segment)
            SELECT segment, count(*) FROM gone GROUP BY segment
            """;
    }
}
