using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Reads of a declared table. What the statements of one table share is composed once.</summary>
internal sealed class TableStore<TRow> : ITableStore<TRow>
    where TRow : class, ITableRow
{
    private const string Count = "SELECT CAST(sum(rows) AS bigint) FROM row_counts WHERE project = ?1 AND name = ?2";

    private readonly ISqlDatabase _database;
    private readonly Table<TRow> _table;
    private readonly string[] _orders;
    private readonly string _columns;
    private readonly string _select;
    private readonly GroupedReads<string, TRow> _byId;
    private readonly GroupedReads<long, TRow> _byNumber;
    private readonly Dictionary<Column, GroupedReads<string, TRow>> _byUnique;

    public TableStore(ISqlDatabase database, Table<TRow> table)
    {
        (_database, _table) = (database, table);
        _orders = [.. table.Orders.Select(static column => column.Name)];
        _columns = $"SELECT {string.Join(", ", (string[])["r.no", "r.id", "r.version", .. table.Columns.Select(static column => $"r.{column}")])}";
        _select = $"{_columns} FROM {table.Name} r";
        _byId = By("r.project = ?1 AND r.id = n.value", static row => row.Id);
        _byNumber = new GroupedReads<long, TRow>(database, (project, numbers) => EachAsync(project, numbers, "r.no = CAST(n.value AS bigint)", apart: true), static row => row.Number);
        _byUnique = table.Unique.ToDictionary(static column => column, column => By($"r.project = ?1 AND r.{column} = n.value", row => column.TextOf(row)!));
    }

    public Task<TRow?> FindAsync(int project, string id) => _byId.FirstAsync(project, id);

    public Task<TRow?> FindAsync(int project, Column unique, string value) => _byUnique[unique].FirstAsync(project, value);

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<string> ids) => _byId.ReadAsync(project, ids);

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column unique, IReadOnlyCollection<string> values) => _byUnique[unique].ReadAsync(project, values);

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<long> numbers) => _byNumber.ReadAsync(project, numbers);

    public Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column group, IReadOnlyCollection<long> values, int mostOfEach) =>
        _database.ListAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery(
                $"""
                {_select} WHERE r.no IN (
                    SELECT s.no FROM (SELECT r.no, row_number() OVER (PARTITION BY r.{group} ORDER BY r.no) AS place {Grouped(session.Dialect, group)}) s WHERE s.place <= ?3)
                ORDER BY r.no
                """).Bind(project).Bind(JsonSerializer.Serialize(values.Distinct())).Bind(mostOfEach), _table.Read));

    public Task<IReadOnlyList<TRow>> NewestWithoutAsync(int project, int limit) =>
        _database.ListAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery($"{_select} {session.Dialect.Over(_table.WithoutIndex)} WHERE r.project = ?1 AND r.{_table.Without} IS NULL ORDER BY r.{_orders[0]} DESC, r.no DESC LIMIT ?2")
                .Bind(project).Bind(limit).OverIndexes(),
            _table.Read));

    public Task<IReadOnlyDictionary<long, long>> CountAsync(int project, Column group, IReadOnlyCollection<long> values) =>
        _database.ListAsync<IReadOnlyDictionary<long, long>>(async session => (await session.AllAsync(
            new SqlQuery($"SELECT r.{group}, count(*) {Grouped(session.Dialect, group)} GROUP BY r.{group}").Bind(project).Bind(JsonSerializer.Serialize(values.Distinct())),
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

    public Task<IReadOnlyList<TRow>> AfterAsync(int project, TableQuery query, TRow? after, CancellationToken cancellation) =>
        _database.ListAsync<IReadOnlyList<TRow>>(
            async session =>
            {
                var sorted = ListOrder.Parse(query.Order, _orders[0]);
                var filter = FilterOf(session.Dialect, project, query);
                if (after is not null)
                {
                    filter.And($"(r.{sorted.Column}, r.no) {(sorted.Descending ? '<' : '>')} (?, ?)", _table.Orders[0].NumberOf(after)!.Value, after.Number);
                }

                return await session.AllAsync(RowsOf(session.Dialect, filter, PathOf(query, sorted), sorted, " LIMIT ?").Bind(query.Limit), _table.Read, cancellation);
            },
            cancellation);

    public Task<Page<TRow>> ListAsync(int project, TableQuery query, CancellationToken cancellation) =>
        _database.ListAsync(
            async session =>
            {
                var sorted = ListOrder.Parse(query.Order, _orders);
                var filter = FilterOf(session.Dialect, project, query);
                var path = PathOf(query, sorted);
                var total = await CountAsync(session, project, query, filter, session.Dialect.Over(path.Index));
                var rows = RowsOf(session.Dialect, filter, path, sorted, Pages.LimitOffset).Bind(query.Limit + 1).Bind((long)query.Limit * (Math.Max(query.Page, 1) - 1));
                var cut = Pages.Cut(await session.AllAsync(rows, _table.Read, cancellation), query.Limit);
                return IsWhole(query) ? cut with { Total = total } : cut with { Total = Math.Min(total, Pages.Counted), TotalIsMinimum = total > Pages.Counted };
            },
            cancellation);

    private static bool IsWhole(TableQuery query) => query is { Within: null, Between: null, Marked: null };

    private SqlFilter FilterOf(SqlDialect dialect, int project, TableQuery query)
    {
        var filter = new SqlFilter(dialect).And("r.project = ?", project);
        if (query.Within is { } within)
        {
            filter.And($"r.{within.Group} = ?", within.Value);
        }

        if (query.Marked is { } mark)
        {
            filter.And($"r.{mark.Column} = {mark.Value}");
        }

        return filter.AndWithin($"r.{query.BetweenOf?.Name ?? _orders[0]}", query.Between);
    }

    // The index, and by what it is sorted.
    private (string Index, string? SortedBy) PathOf(TableQuery query, ListOrder sorted) =>
        query.Within is { } within ? _table.Sorted.Contains(within.Group) ? (_table.SortedIndexOf(within.Group), _orders[0]) : (_table.IndexOf(within.Group.Name), null)
        : query.Marked is { } mark ? (_table.MarkIndexOf(mark), _orders[0])
        : Ordered(query.Between is null ? sorted.Column : query.BetweenOf?.Name ?? _orders[0]);

    private (string Index, string SortedBy) Ordered(string column) => (_table.IndexOf(column), column);

    // In the order of the index rows are read as they come; otherwise numbers are sorted, and the rows of the page are read by them.
    private SqlQuery RowsOf(SqlDialect dialect, SqlFilter filter, (string Index, string? SortedBy) path, ListOrder sorted, string limit)
    {
        var (over, order) = (dialect.Over(path.Index), sorted.Clause(dialect, "r.no", "r."));
        return path.SortedBy == sorted.Column
            ? filter.Query($"{_select} {over}", order + limit).OverIndexes()
            : filter.Query($"{_select} WHERE r.no IN (SELECT s.no FROM (SELECT r.no FROM {_table.Name} r {over}", $"{order}{limit}) s){order}");
    }

    // Of all of them somebody keeps count.
    private async ValueTask<long> CountAsync(ISqlSession session, int project, TableQuery query, SqlFilter filter, string over) =>
        await session.NumberAsync(IsWhole(query)
            ? new SqlQuery(Count).Bind(project).Bind(_table.Name)
            : filter.Query($"SELECT count(*) FROM (SELECT 1 AS one FROM {_table.Name} r {over}", " LIMIT ?) f").Bind(Pages.Counted + 1)) ?? 0;

    private string Grouped(SqlDialect dialect, Column group) =>
        $"FROM {dialect.ForEach("?2", _table.Name, "r", $"r.{group} = CAST(n.value AS bigint)")} WHERE {dialect.NotOverIndexOf("r.project")} = ?1";

    private GroupedReads<string, TRow> By(string condition, Func<TRow, string> keyOf) => new(_database, (project, keys) => EachAsync(project, keys, condition), keyOf);

    // The project stands with the condition where an index has both.
    private Task<IReadOnlyList<TRow>> EachAsync<TKey>(int project, IReadOnlyCollection<TKey> keys, string condition, bool apart = false) =>
        _database.PointAsync<IReadOnlyList<TRow>>(async session => await session.AllAsync(
            new SqlQuery($"{_columns} FROM {session.Dialect.ForEach("?2", _table.Name, "r", condition)}{(apart ? $" WHERE {session.Dialect.NotOverIndexOf("r.project")} = ?1" : "")}")
                .Bind(project).Bind(JsonSerializer.Serialize(keys)),
            _table.Read));
}
