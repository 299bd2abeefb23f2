namespace Marketing.Storage.Postgres;

/// <summary>Writes of customer rows. Their guards hold: the rows are locked, and a new one that another silo was faster with fails the batch.</summary>
internal static class CustomerRows
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<Commit> winners, CounterDeltas counters)
    {
        foreach (var commit in winners)
        {
            var more = (commit.Customer is { ExpectedVersion: 0 } ? 1 : 0) - (commit.Removal is null ? 0 : 1);
            if (more != 0)
            {
                counters.Customers(commit.Project, more);
            }
        }

        var writes = winners.Where(commit => commit.Customer is not null).Select(commit => (commit.Project, Write: commit.Customer!)).ToList();
        Add(trip, Sql.Insert, [.. writes.Where(row => row.Write.ExpectedVersion == 0).OrderBy(row => row.Project).ThenBy(row => row.Write.Id, StringComparer.Ordinal)]);
        Add(trip, Sql.Update, [.. writes.Where(row => row.Write.ExpectedVersion > 0).OrderBy(row => row.Write.Number)]);

        List<long> removed = [.. winners.Where(commit => commit.Removal is not null).Select(commit => commit.Removal!.Number).Order()];
        if (removed.Count > 0)
        {
            trip.Add(new SetCommand<long>(Sql.Delete, removed).Column(number => number));
            trip.Add(new SetCommand<long>(Sql.DeleteActivity, removed).Column(number => number));
            trip.Add(new SetCommand<long>(Sql.DeleteContacts, removed).Column(number => number));
        }
    }

    private static void Add(RoundTrip trip, string sql, IReadOnlyList<(int Project, CustomerWrite Write)> rows)
    {
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<(int Project, CustomerWrite Write)>(sql, rows)
                .Column(row => row.Write.Number).Column(row => row.Project).Column(row => row.Write.Id).Column(row => row.Write.SourceId)
                .Column(row => row.Write.ExpectedVersion + 1).Column(row => row.Write.Name).Column(row => row.Write.Email)
                .Column(row => row.Write.City).Column(row => row.Write.CreatedAt.ToStored()).Column(row => row.Write.UpdatedAt.ToStored())
                .Column(row => row.Write.EvaluatedAt.ToStored()).Column(row => row.Write.ReviewAt.ToStored()).Column(row => row.Write.Document).Column(row => row.Write.Phone));
        }
    }

    private static class Sql
    {
        private const string Rows =
            """
            unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS n (no, project, id, source_id, version, name, email, city,
                created_at, updated_at, evaluated_at, review_at, document, phone)
            """;

        public const string Insert =
            $"""
            INSERT INTO customers (no, project, id, source_id, version, name, email, city, created_at, updated_at, evaluated_at, review_at, document,
                phone)
            SELECT n.* FROM {Rows}
            """;

        // Naming an indexed column costs nothing while its value stays: the server compares.
        public const string Update =
            $"""
            UPDATE customers c SET source_id = n.source_id, version = n.version, name = n.name, email = n.email, city = n.city,
                created_at = n.created_at, updated_at = n.updated_at, evaluated_at = n.evaluated_at, review_at = n.review_at, document = n.document,
                phone = n.phone
            FROM {Rows} WHERE c.no = n.no
            """;

        public const string Delete = "DELETE FROM customers c USING unnest($1) AS n (no) WHERE c.no = n.no";

        public const string DeleteContacts = "DELETE FROM contacts c USING unnest($1) AS n (no) WHERE c.customer = n.no";

        public const string DeleteActivity = "DELETE FROM activity a USING unnest($1) AS n (no) WHERE a.customer = n.no";
    }
}
