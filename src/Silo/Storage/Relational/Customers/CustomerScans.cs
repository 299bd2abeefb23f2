using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>All customers of a project, part by part.</summary>
internal sealed class CustomerScans(ISqlDatabase database) : ICustomerScans
{
    public Task<IReadOnlyList<CustomerRow>> ScanAsync(int project, long afterNumber, int limit) =>
        database.ListAsync<IReadOnlyList<CustomerRow>>(async session =>
            await session.AllAsync(new SqlQuery(Sql.Scan).Bind(project).Bind(afterNumber).Bind(limit), static row => CustomerSql.Row(row) with { SourceId = row.TextOrNull(CustomerSql.ColumnCount) }));

    public Task<(long Last, long Count)> ExtentAsync(int project) =>
        database.ListAsync(async session =>
        {
            // The sequence, not the highest row: the number of a customer that is being committed was given out before.
            var last = await session.NumberAsync(new SqlQuery(Sql.LastNumber).Bind(NumberSequence.Customers.Name)) ?? 0;
            var count = await session.NumberAsync(new SqlQuery(CustomerSql.Count).Bind(project)) ?? 0;
            return (last, count);
        });

    private static class Sql
    {
        public const string Scan = "SELECT " + CustomerSql.Columns + ", c.source_id FROM customers c WHERE c.project = ?1 AND c.no > ?2 ORDER BY c.no LIMIT ?3";

        public const string LastNumber = "SELECT next - 1 FROM sequences WHERE name = ?1";
    }
}
