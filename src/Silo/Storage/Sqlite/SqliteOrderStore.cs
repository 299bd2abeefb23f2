using Marketing.Orders;

namespace Marketing.Storage.Sqlite;

/// <summary>Reads of orders, in SQLite.</summary>
internal sealed class SqliteOrderStore(SqliteReaders readers) : IOrderStore
{
    public Task<OrderRow?> LoadAsync(int project, string id) =>
        readers.PointAsync(session => session.Prepare(Sql.ById).Bind(project).Bind(id).ReadFirst(Row));

    public Task<string?> FindIdBySourceAsync(int project, string sourceId) =>
        readers.PointAsync(session => session.Prepare(Sql.IdBySource).Bind(project).Bind(sourceId).ReadText());

    public Task<Page<OrderRow>> ListAsync(int project, OrderListQuery query, CancellationToken cancellation) =>
        readers.ListAsync(
            session =>
            {
                var order = ListOrder.Parse(query.Order, "created_at", "updated_at");
                var filter = new SqlFilter().And("project = ?", project);
                var total = filter.Prepare(session, "SELECT count(*) FROM orders").ReadNumber() ?? 0;
                var rows = filter.Prepare(session, Sql.Select, order.Clause("no") + Pages.LimitOffset);
                return Pages.Numbered(rows, query.Limit, query.Page, total, Row, cancellation);
            },
            cancellation);

    private static OrderRow Row(SqliteStatement row) => new(
        row.Number(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.Number(4), row.Text(5), row.Number(6), row.Instant(7),
        row.InstantOrNull(8), row.Blob(9));

    private static class Sql
    {
        public const string Select =
            "SELECT no, id, source_id, customer_id, version, status, total_amount, created_at, updated_at, document FROM orders";

        public const string ById = Select + " WHERE project = ?1 AND id = ?2";

        public const string IdBySource = "SELECT id FROM orders WHERE project = ?1 AND source_id = ?2";
    }
}
