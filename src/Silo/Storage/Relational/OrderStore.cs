using Marketing.Orders;

namespace Marketing.Storage.Relational;

/// <summary>Reads of orders.</summary>
internal sealed class OrderStore(ISqlDatabase database) : IOrderStore
{
    public Task<OrderRow?> LoadAsync(int project, string id) =>
        database.PointAsync(session => session.FirstAsync(new SqlQuery(Sql.ById).Bind(project).Bind(id), Row));

    public Task<string?> FindIdBySourceAsync(int project, string sourceId) =>
        database.PointAsync(session => session.TextAsync(new SqlQuery(Sql.IdBySource).Bind(project).Bind(sourceId)));

    public Task<Page<OrderRow>> ListAsync(int project, OrderListQuery query, CancellationToken cancellation) =>
        database.ListAsync(
            async session =>
            {
                var order = ListOrder.Parse(query.Order, "created_at", "updated_at");
                var filter = new SqlFilter(session.Dialect).And("project = ?", project);
                var total = await session.NumberAsync(filter.Query("SELECT count(*) FROM orders")) ?? 0;
                var rows = filter.Query(Sql.Select, order.Clause(session.Dialect, "no") + Pages.LimitOffset);
                return await Pages.NumberedAsync(session, rows, query.Limit, query.Page, total, Row, cancellation);
            },
            cancellation);

    private static OrderRow Row(IRow row) => new(
        row.Number(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.Number(4), row.Text(5), row.Number(6), row.Instant(7),
        row.InstantOrNull(8), row.Blob(9), (OrderMarks?)row.NumberOrNull(10));

    private static class Sql
    {
        public const string Select =
            "SELECT no, id, source_id, customer_id, version, status, total_amount, created_at, updated_at, document, marks FROM orders";

        public const string ById = Select + " WHERE project = ?1 AND id = ?2";

        public const string IdBySource = "SELECT id FROM orders WHERE project = ?1 AND source_id = ?2";
    }
}
