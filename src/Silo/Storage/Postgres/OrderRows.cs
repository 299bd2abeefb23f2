namespace Marketing.Storage.Postgres;

/// <summary>Writes of order rows, whose guards hold.</summary>
internal static class OrderRows
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<Commit> winners)
    {
        var writes = winners.Where(commit => commit.Order is not null).Select(commit => (commit.Project, Write: commit.Order!)).ToList();
        Add(trip, Sql.Insert, [.. writes.Where(row => row.Write.ExpectedVersion == 0).OrderBy(row => row.Project).ThenBy(row => row.Write.Id, StringComparer.Ordinal)]);
        Add(trip, Sql.Update, [.. writes.Where(row => row.Write.ExpectedVersion > 0).OrderBy(row => row.Write.Number)]);
    }

    private static void Add(RoundTrip trip, string sql, IReadOnlyList<(int Project, OrderWrite Write)> rows)
    {
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<(int Project, OrderWrite Write)>(sql, rows)
                .Column(row => row.Write.Number).Column(row => row.Project).Column(row => row.Write.Id).Column(row => row.Write.SourceId)
                .Column(row => row.Write.Customer).Column(row => row.Write.CustomerId).Column(row => row.Write.ExpectedVersion + 1)
                .Column(row => row.Write.Status).Column(row => row.Write.TotalAmount).Column(row => row.Write.CreatedAt.ToStored())
                .Column(row => row.Write.UpdatedAt.ToStored()).Column(row => row.Write.Document).Column(row => (int)row.Write.Marks));
        }
    }

    private static class Sql
    {
        private const string Rows =
            """
            unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS n (no, project, id, source_id, customer, customer_id, version,
                status, total_amount, created_at, updated_at, document, marks)
            """;

        public const string Insert =
            $"""
            INSERT INTO orders
                (no, project, id, source_id, customer, customer_id, version, status, total_amount, created_at, updated_at, document, marks)
            SELECT n.* FROM {Rows}
            """;

        public const string Update =
            $"""
            UPDATE orders o SET id = n.id, source_id = n.source_id, customer = n.customer, customer_id = n.customer_id, version = n.version,
                status = n.status, total_amount = n.total_amount, created_at = n.created_at, updated_at = n.updated_at, document = n.document,
                marks = n.marks
            FROM {Rows} WHERE o.no = n.no AND o.project = n.project
            """;
    }
}
