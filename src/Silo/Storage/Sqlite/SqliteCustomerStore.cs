using Marketing.Activity;
using Marketing.Customers;
using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>Reads of customers, in SQLite.</summary>
internal sealed class SqliteCustomerStore(CustomerLoader loader, SqliteReaders readers, SqliteDatabase database) : ICustomerStore
{
    public Task<CustomerRow?> LoadAsync(int project, string id) => loader.LoadAsync(project, id);

    public Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<string> keys, bool bySource) =>
        readers.ListAsync<IReadOnlyList<CustomerRow>>(session =>
        {
            var rows = new List<CustomerRow>(keys.Count);
            session.Execute("BEGIN");
            foreach (var key in keys)
            {
                if (session.Prepare(bySource ? CustomerSql.BySource : CustomerSql.ById).Bind(project).Bind(key).ReadFirst(CustomerSql.Row) is { } row)
                {
                    rows.Add(row);
                }
            }

            session.Execute("COMMIT");
            return rows;
        });

    public Task<string?> FindIdBySourceAsync(int project, string sourceId) =>
        readers.PointAsync(session => session.Prepare(Sql.IdBySource).Bind(project).Bind(sourceId).ReadText());

    public Task<Page<CustomerRow>> ListAsync(int project, CustomerListQuery query, int? segment, CancellationToken cancellation) =>
        database.ListAsync(session => CustomerList.ReadAsync(session, project, query, segment, cancellation), cancellation);

    public Task<Page<ActivityRow>> ActivityAsync(long customer, ActivityQuery query, CancellationToken cancellation) =>
        database.ListAsync(session => CustomerActivity.ReadAsync(session, customer, query, cancellation), cancellation);

    public Task<IReadOnlyList<(int Project, string Id)>> DueForReviewAsync(DateTimeOffset now, int limit) =>
        readers.ListAsync<IReadOnlyList<(int, string)>>(session =>
            session.Prepare(Sql.DueForReview).Bind(now.ToStored()).Bind(limit).ReadAll(static row => (row.Int(0), row.Text(1))));

    public Task<(int Activity, int Orders)> CountConnectedAsync(long customer) =>
        readers.ListAsync(session => session.Prepare(Sql.CountConnected).Bind(customer).ReadFirst(static row => (row.Int(0), row.Int(1))));

    public Task<OperationWrite?> FindOperationAsync(int project, string key) =>
        readers.PointAsync(session => session.Prepare(Sql.Operation).Bind(project).Bind(key).ReadFirst(
            static row => new OperationWrite(row.Text(0), row.Text(1), row.BlobOrNull(2), row.Instant(3))));

    private static class Sql
    {
        public const string IdBySource = "SELECT id FROM customers WHERE project = ?1 AND source_id = ?2";

        public const string DueForReview = "SELECT project, id FROM customers WHERE review_at <= ?1 ORDER BY review_at LIMIT ?2";

        public const string CountConnected =
            "SELECT (SELECT count(*) FROM activity WHERE customer = ?1), (SELECT count(*) FROM orders WHERE customer = ?1)";

        public const string Operation = "SELECT key, fingerprint, result, created_at FROM operations WHERE project = ?1 AND key = ?2";
    }
}
