using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>How customer rows are read.</summary>
internal static class CustomerSql
{
    public const string Columns = "c.no, c.project, c.id, c.version, c.evaluated_at, c.review_at, c.document, c.created_at";

    public const int ColumnCount = 8;

    public const string ById = "SELECT " + Columns + " FROM customers c WHERE c.project = ?1 AND c.id = ?2";

    public const string BySource = "SELECT " + Columns + " FROM customers c WHERE c.project = ?1 AND c.source_id = ?2";

    // Said twice, for the index.
    public const string ByEmail = "SELECT " + Columns + " FROM customers c WHERE c.project = ?1 AND c.email IS NOT NULL AND lower(c.email) = ?2 LIMIT ?3";

    public const string Count = "SELECT CAST(sum(customers) AS bigint) FROM customer_counts WHERE project = ?1";

    public static string ByNumbers(SqlDialect dialect) =>
        $"SELECT {Columns} FROM {dialect.ForEach("?2", "customers", "c", "c.no = CAST(n.value AS bigint)")} WHERE {dialect.NotOverIndexOf("c.project")} = ?1";

    public static string IdsBySources(SqlDialect dialect) =>
        $"SELECT c.source_id, c.id FROM {dialect.ForEach("?2", "customers", "c", "c.project = ?1 AND c.source_id = n.value")}";

    public static CustomerRow Row(IRow row) => new(
        row.Number(0), row.Int(1), row.Text(2), row.Number(3), row.Instant(4), row.InstantOrNull(5), row.Blob(6), row.Instant(7));
}
