using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Reads of a declared table. The statements are composed once.</summary>
internal sealed class TableStore<TRow> : ITableStore<TRow>
    where TRow : class, ITableRow
{
    private const string Count = "SELECT rows FROM row_counts WHERE project = ?1 AND name = ?2";

    private readonly ISqlDatabase _database;
    private readonly Table<TRow> _table;
    private readonly string[] _orders;
    private readonly string _select;
    private readonly string _byId;
    private readonly Dictionary<Column, string> _byUnique;

    public TableStore(ISqlDatabase database, Table<TRow> table)
    {
        (_database, _table) = (database, table);
        _orders = [.. table.Orders.Select(static column => column.Name)];
        _select = $"SELECT {string.Join(", ", (string[])["r.no", "r.id", "r.version", .. table.Columns.Select(static column => $"r.{column}")])} FROM {table.Name} r";
        _byId = _select + " WHERE r.project = ?1 AND r.id = ?2";
        _byUnique = table.Unique.ToDictionary(static column => column, column => $"{_select} WHERE r.project = ?1 AND r.{column} = ?2");
    }

    public Task<TRow?> FindAsync(int project, string id) => FirstAsync(_byId, project, id);

    public Task<TRow?> FindAsync(int project, Column unique, string value) => FirstAsync(_byUnique[unique], project, value);

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<string> ids) =>
        _database.PointAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery(Many(session.Dialect)).Bind(project).Bind(JsonSerializer.Serialize(ids)), _table.Read));

    public Task<Page<TRow>> ListAsync(int project, string? order, int limit, int page, CancellationToken cancellation) =>
        _database.ListAsync(
            async session =>
            {
                var sorted = ListOrder.Parse(order, _orders);
                var filter = new SqlFilter(session.Dialect).And("r.project = ?", project);
                var total = await session.NumberAsync(new SqlQuery(Count).Bind(project).Bind(_table.Name)) ?? 0;
                var over = session.Dialect.Over(_table.IndexOf(sorted.Column));
                var rows = filter.Query($"{_select} {over}", sorted.Clause(session.Dialect, "r.no", "r.") + Pages.LimitOffset);
                var items = await session.AllAsync(rows.Bind(limit + 1).Bind((long)limit * (Math.Max(page, 1) - 1)).OverIndexes(), _table.Read, cancellation);
                var cut = Pages.Cut(items, limit);
                return new Page<TRow>(cut.Items, total, cut.HasMore);
            },
            cancellation);

    private Task<TRow?> FirstAsync(string sql, int project, string value) =>
        _database.PointAsync(session => session.FirstAsync(new SqlQuery(sql).Bind(project).Bind(value), _table.Read));

    private string Many(SqlDialect dialect) => $"{_select} JOIN {dialect.Elements("?2")} ON r.project = ?1 AND r.id = n.value";
}
