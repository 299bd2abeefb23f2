using Marketing.Activity;
using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>Reads of customers. How the rows of many cold customers are read at once differs by engine.</summary>
internal abstract class CustomerStore(ISqlDatabase database) : ICustomerStore
{
    public abstract Task<CustomerRow?> LoadAsync(int project, string id);

    public abstract Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<string> keys, bool bySource);

    public Task<string?> FindIdBySourceAsync(int project, string sourceId) =>
        database.PointAsync(session => session.TextAsync(new SqlQuery(Sql.IdBySource).Bind(project).Bind(sourceId)));

    public Task<Page<CustomerRow>> ListAsync(int project, CustomerListQuery query, int? segment, CancellationToken cancellation) =>
        database.ListAsync(session => CustomerList.ReadAsync(session, project, query, segment, cancellation), cancellation);

    public Task<Page<ActivityRow>> ActivityAsync(long customer, ActivityQuery query, CancellationToken cancellation) =>
        database.ListAsync(session => CustomerActivity.ReadAsync(session, customer, query, cancellation), cancellation);

    public Task<IReadOnlyList<(int Project, string Id)>> DueForReviewAsync(DateTimeOffset now, int limit) =>
        database.ListAsync<IReadOnlyList<(int, string)>>(async session => await session.AllAsync(
            new SqlQuery(Sql.DueForReview).Bind(now.ToStored()).Bind(limit), static row => (row.Int(0), row.Text(1))));

    public Task<(int Activity, int Orders, int OrderEvents)> CountConnectedAsync(long customer) => database.ListAsync(
        session => session.FirstAsync(new SqlQuery(Sql.CountConnected).Bind(customer), static row => (row.Int(0), row.Int(1), row.Int(2))));

    public Task<IReadOnlyList<long>> EntriesOfRequestAsync(long customer, string requestId, string type, DateTimeOffset since) =>
        database.PointAsync<IReadOnlyList<long>>(async session => await session.AllAsync(
            new SqlQuery(Sql.EntriesOfRequest).Bind(customer).Bind(since.ToStored()).Bind(requestId).Bind(type), static row => row.Number(0)));

    public Task<OperationWrite?> FindOperationAsync(int project, string key) =>
        database.PointAsync(session => session.FirstAsync(
            new SqlQuery(Sql.Operation).Bind(project).Bind(key),
            static row => new OperationWrite(row.Text(0), row.Text(1), row.BlobOrNull(2), row.Instant(3))));

    private static class Sql
    {
        public const string IdBySource = "SELECT id FROM customers WHERE project = ?1 AND source_id = ?2";

        public const string DueForReview = "SELECT project, id FROM customers WHERE review_at <= ?1 ORDER BY review_at LIMIT ?2";

        public const string CountConnected =
            """
            SELECT (SELECT count(*) FROM activity WHERE customer = ?1), (SELECT count(*) FROM orders WHERE customer = ?1),
                (SELECT count(*) FROM activity WHERE customer = ?1 AND type LIKE 'customer.order.%')
            """;

        public const string EntriesOfRequest =
            "SELECT no FROM activity WHERE customer = ?1 AND created_at >= ?2 AND group_id = ?3 AND type = ?4 ORDER BY no";

        public const string Operation = "SELECT key, fingerprint, result, created_at FROM operations WHERE project = ?1 AND key = ?2";
    }
}
