using System.Text.Json;
using Marketing.Activity;
using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>Reads of customers. How the rows of many cold customers are read at once differs by engine.</summary>
internal abstract class CustomerStore(ISqlDatabase database) : ICustomerStore
{
    private readonly GroupedReads<long, CustomerRow> _byNumber = new(
        database,
        (project, numbers) => database.PointAsync<IReadOnlyList<CustomerRow>>(async session => await session.AllAsync(
            new SqlQuery(CustomerSql.ByNumbers(session.Dialect)).Bind(project).Bind(JsonSerializer.Serialize(numbers)), CustomerSql.Row)),
        static row => row.Number);

    private readonly GroupedReads<string, (string Source, string Id)> _idsBySource = new(
        database,
        (project, sources) => database.PointAsync<IReadOnlyList<(string, string)>>(async session => await session.AllAsync(
            new SqlQuery(CustomerSql.IdsBySources(session.Dialect)).Bind(project).Bind(JsonSerializer.Serialize(sources)), static row => (row.Text(0), row.Text(1)))),
        static found => found.Source);

    public abstract Task<CustomerRow?> LoadAsync(int project, string id);

    public abstract Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<string> keys, bool bySource);

    public abstract Task<IReadOnlyList<CustomerRow>> LoadByEmailAsync(int project, IReadOnlyCollection<string> spellings, int most);

    public Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<long> numbers) => _byNumber.ReadAsync(project, numbers);

    public async Task<string?> FindIdBySourceAsync(int project, string sourceId) => (await _idsBySource.FirstAsync(project, sourceId)).Id;

    public Task<Page<CustomerRow>> ListAsync(int project, CustomerListQuery query, int? segment, CancellationToken cancellation) =>
        database.ListAsync(session => CustomerList.ReadAsync(session, project, query, segment, cancellation), cancellation);

    public async Task<IReadOnlyList<CustomerRow>> SearchAsync(int project, string text, int limit, CancellationToken cancellation)
    {
        var numbers = await database.ListAsync(session => CustomerBeginnings.ReadAsync(session, project, text, limit, cancellation), cancellation);
        var rows = (await LoadManyAsync(project, numbers)).ToDictionary(static row => row.Number);
        return [.. numbers.Select(rows.GetValueOrDefault).OfType<CustomerRow>()];
    }

    public Task<Page<ActivityRow>> ActivityAsync(long customer, ActivityQuery query, CancellationToken cancellation) =>
        database.ListAsync(session => CustomerActivity.ReadAsync(session, customer, query, cancellation), cancellation);

    public Task<IReadOnlyList<int>> ProjectsDueForReviewAsync(DateTimeOffset now) =>
        database.ListAsync<IReadOnlyList<int>>(async session => await session.AllAsync(
            new SqlQuery(Sql.ProjectsDueForReview(session.Dialect.Over("customers_review"))).Bind(now.ToStored()), static row => row.Int(0)));

    public Task<IReadOnlyList<DueReview>> DueForReviewAsync(int project, DateTimeOffset now, DueReview? after, int limit) =>
        database.ListAsync<IReadOnlyList<DueReview>>(async session => await session.AllAsync(
            new SqlQuery(Sql.DueForReview(session.Dialect.Over("customers_review")))
                .Bind(project).Bind(now.ToStored()).Bind(after?.At.ToStored() ?? long.MinValue).Bind(after?.Number ?? 0).Bind(limit),
            static row => new DueReview(row.Instant(0), row.Number(1), row.Text(2))));

    public Task<(int Activity, int Orders, int OrderEvents)> CountConnectedAsync(long customer) => database.ListAsync(
        session => session.FirstAsync(new SqlQuery(Sql.CountConnected).Bind(customer), static row => (row.Int(0), row.Int(1), row.Int(2))));

    public Task<IReadOnlyList<long>> EntriesOfRequestAsync(long customer, string requestId, string type, DateTimeOffset since) =>
        database.PointAsync<IReadOnlyList<long>>(async session => await session.AllAsync(
            new SqlQuery(Sql.EntriesOfRequest).Bind(customer).Bind(since.ToStored()).Bind(requestId).Bind(type), static row => row.Number(0)));

    private static class Sql
    {
        // From project to project over the index, however many customers wait in each.
        public static string ProjectsDueForReview(string over) =>
            $"""
            WITH RECURSIVE reviewed(project) AS (
                SELECT (SELECT project FROM customers {over} WHERE review_at IS NOT NULL ORDER BY project, review_at LIMIT 1)
                UNION ALL
                SELECT (SELECT c.project FROM customers c {over} WHERE c.review_at IS NOT NULL AND c.project > r.project ORDER BY c.project, c.review_at LIMIT 1)
                FROM reviewed r WHERE r.project IS NOT NULL)
            SELECT r.project FROM reviewed r
            WHERE r.project IS NOT NULL
                AND EXISTS (SELECT 1 FROM customers c {over} WHERE c.project = r.project AND c.review_at IS NOT NULL AND c.review_at <= ?1)
            """;

        public static string DueForReview(string over) =>
            $"""
            SELECT review_at, no, id FROM customers {over}
            WHERE project = ?1 AND review_at IS NOT NULL AND review_at <= ?2 AND (review_at, no) > (?3, ?4) ORDER BY review_at, no LIMIT ?5
            """;

        public const string CountConnected =
            """
            SELECT (SELECT count(*) FROM activity WHERE customer = ?1), (SELECT count(*) FROM orders WHERE customer = ?1),
                (SELECT count(*) FROM activity WHERE customer = ?1 AND type LIKE 'customer.order.%')
            """;

        public const string EntriesOfRequest =
            "SELECT no FROM activity WHERE customer = ?1 AND created_at >= ?2 AND group_id = ?3 AND type = ?4 ORDER BY no";
    }
}
