using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Reads of a declared table. What the statements of one table share is composed once.</summary>
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

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column unique, IReadOnlyCollection<string> values) =>
        _database.PointAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery($"{_select} JOIN {session.Dialect.Elements("?2")} ON r.project = ?1 AND r.{unique} = n.value").Bind(project).Bind(JsonSerializer.Serialize(values)),
            _table.Read));

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<long> numbers) =>
        _database.PointAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery($"{_select} JOIN {session.Dialect.Elements("?2")} ON r.project = ?1 AND r.no = CAST(n.value AS bigint)").Bind(project).Bind(JsonSerializer.Serialize(numbers)),
            _table.Read));

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column group, IReadOnlyCollection<long> values, int mostOfEach) =>
        _database.ListAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery(
                $"""
                {_select} WHERE r.no IN (
                    SELECT s.no FROM (SELECT r.no, row_number() OVER (PARTITION BY r.{group} ORDER BY r.no) AS place {Grouped(session.Dialect, group)}) s WHERE s.place <= ?3)
                ORDER BY r.no
                """).Bind(project).Bind(JsonSerializer.Serialize(values)).Bind(mostOfEach), _table.Read));

    public Task<IReadOnlyList<TRow>> NewestWithoutAsync(int project, int limit) =>
        _database.ListAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery($"{_select} {session.Dialect.Over(_table.WithoutIndex)} WHERE r.project = ?1 AND r.{_table.Without} IS NULL ORDER BY r.{_orders[0]} DESC, r.no DESC LIMIT ?2")
                .Bind(project).Bind(limit).OverIndexes(),
            _table.Read));

    public Task<IReadOnlyDictionary<long, long>> CountAsync(int project, Column group, IReadOnlyCollection<long> values) =>
        _database.ListAsync<IReadOnlyDictionary<long, long>>(async session => (await session.AllAsync(
            new SqlQuery($"SELECT r.{group}, count(*) {Grouped(session.Dialect, group)} GROUP BY r.{group}").Bind(project).Bind(JsonSerializer.Serialize(values)),
            static row => (Group: row.Number(0), Count: row.Number(1)))).ToDictionary(row => row.Group, row => row.Count));

    public Task<IReadOnlyList<TRow>> AllAsync(int project) =>
        _database.ListAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(new SqlQuery($"{_select} WHERE r.project = ?1").Bind(project), _table.Read));

    public Task<IReadOnlyList<TRow>> WalkAsync(int project, TablePlace? after, int limit) =>
        _database.ListAsync<IReadOnlyList<TRow>>(async session =>
        {
            var from = $"{_select} {session.Dialect.Over(_table.IndexOf(_orders[0]))} WHERE r.project = ?1";
            var order = $"ORDER BY r.{_orders[0]}, r.no LIMIT";
            return await session.AllAsync(
                (after is { } place
                    ? new SqlQuery($"{from} AND (r.{_orders[0]}, r.no) > (?2, ?3) {order} ?4").Bind(project).Bind(place.Value).Bind(place.Number).Bind(limit)
                    : new SqlQuery($"{from} {order} ?2").Bind(project).Bind(limit)).OverIndexes(),
                _table.Read);
        });

    public Task<IReadOnlyList<(int Project, string Id)>> PendingAsync(int limit) =>
        _database.ListAsync<IReadOnlyList<(int, string)>>(async session => await session.AllAsync(
            new SqlQuery($"SELECT project, id FROM {_table.Name} WHERE {_table.Pending} IS NOT NULL ORDER BY {_table.Pending} LIMIT ?1").Bind(limit),
            static row => (row.Int(0), row.Text(1))));

    public Task<Page<TRow>> ListAsync(int project, TableQuery query, CancellationToken cancellation) =>
        _database.ListAsync(
            async session =>
            {
                var sorted = ListOrder.Parse(query.Order, _orders);
                var filter = new SqlFilter(session.Dialect).And("r.project = ?", project);
                if (query.Within is { } within)
                {
                    filter.And($"r.{within.Group} = ?", within.Value);
                }

                var ranged = query.BetweenOf?.Name ?? _orders[0];
                filter.AndWithin($"r.{ranged}", query.Between);
                var isWhole = query is { Within: null, Between: null };
                var index = query.Within?.Group.Name ?? (query.Between is null ? sorted.Column : ranged);
                var over = session.Dialect.Over(_table.IndexOf(index));
                var total = await CountAsync(session, project, query, filter, over);
                var order = sorted.Clause(session.Dialect, "r.no", "r.");

                // In the order of the index the page is read; otherwise numbers are sorted, and the rows of the page are read by them.
                var rows = index == sorted.Column
                    ? filter.Query($"{_select} {over}", order + Pages.LimitOffset).OverIndexes()
                    : filter.Query($"{_select} WHERE r.no IN (SELECT s.no FROM (SELECT r.no FROM {_table.Name} r {over}", $"{order}{Pages.LimitOffset}) s){order}");
                rows.Bind(query.Limit + 1).Bind((long)query.Limit * (Math.Max(query.Page, 1) - 1));
                var cut = Pages.Cut(await session.AllAsync(rows, _table.Read, cancellation), query.Limit);
                return isWhole ? cut with { Total = total } : cut with { Total = Math.Min(total, Pages.Counted), TotalIsMinimum = total > Pages.Counted };
            },
            cancellation);

    // Of all of them somebody keeps count.
    private async ValueTask<long> CountAsync(ISqlSession session, int project, TableQuery query, SqlFilter filter, string over) =>
        await session.NumberAsync(query is { Within: null, Between: null }
            ? new SqlQuery(Count).Bind(project).Bind(_table.Name)
            : filter.Query($"SELECT count(*) FROM (SELECT 1 AS one FROM {_table.Name} r {over}", " LIMIT ?) f").Bind(Pages.Counted + 1)) ?? 0;

    private string Grouped(SqlDialect dialect, Column group) =>
        $"FROM {_table.Name} r {dialect.Over(_table.IndexOf(group.Name))} WHERE r.project = ?1 AND r.{group} IN (SELECT CAST(n.value AS bigint) FROM {dialect.Elements("?2")})";

    private Task<TRow?> FirstAsync(string sql, int project, string value) =>
        _database.PointAsync(session => session.FirstAsync(new SqlQuery(sql).Bind(project).Bind(value), _table.Read));

    private string Many(SqlDialect dialect) => $"{_select} JOIN {dialect.Elements("?2")} ON r.project = ?1 AND r.id = n.value";
}
