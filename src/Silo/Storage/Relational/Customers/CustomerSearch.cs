using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>The order and the filters of a list of customers as statements that read the numbers of customers over one index.</summary>
internal sealed class CustomerSearch
{
    private readonly ISqlSession _session;
    private readonly int _project;
    private readonly CustomerConditions _conditions;
    private readonly long _segment;
    private readonly string _past;

    public CustomerSearch(ISqlSession session, int project, CustomerListQuery query, int? segment)
    {
        (_session, _project, _segment) = (session, project, segment ?? 0);
        Order = ListOrder.Parse(query.Order, "created_at", "updated_at", "source_id");
        _past = Order.Descending ? "<" : ">";
        _conditions = new CustomerConditions(session.Dialect, project, query, segment, Order.Column == "updated_at", _past);
    }

    public ListOrder Order { get; }

    public CustomerFilters Given => _conditions.Given;

    public SqlDialect Dialect => _session.Dialect;

    /// <summary>How many there are, as far as a limit.</summary>
    /// <param name="path">Over which index.</param>
    /// <param name="filters">By which of the filters.</param>
    /// <param name="limit">How many are counted at most.</param>
    public async ValueTask<long> CountAsync(CustomerPath path, CustomerFilters filters, long limit)
    {
        var (from, where) = _conditions.Over(path, filters, alsoRows: false);
        var query = where.Query($"SELECT count(*) FROM (SELECT 1 AS one FROM {from}", $"{InOrder(path)} LIMIT ?) f");
        return await _session.NumberAsync(query.Bind(limit).OverIndexes()) ?? 0;
    }

    public async ValueTask<long> CountMembersAsync() => await _session.NumberAsync(new SqlQuery(SegmentSql.CountMembers).Bind(_segment)) ?? 0;

    public async ValueTask<long> CountCustomersAsync() => await _session.NumberAsync(new SqlQuery(CustomerSql.Count).Bind(_project)) ?? 0;

    /// <summary>The numbers of a page.</summary>
    /// <param name="way">Over which index, and what is done with what it finds.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="skip">How many are left out before them.</param>
    /// <param name="cancellation">Whether they are still wanted.</param>
    public ValueTask<List<CustomerPlace>> ReadAsync(CustomerWay way, long limit, long skip, CancellationToken cancellation) =>
        way.Path == CustomerPath.Source && !Dialect.KeepsMissingInOrder ? ReadBySourceAsync(limit, skip, cancellation)
        : way.Kind == CustomerWayKind.InParts ? ReadMembersByUpdateAsync(way, limit, skip, cancellation)
        : way.Kind == CustomerWayKind.Look ? LookAsync(way, limit, skip, cancellation)
        : ReadAsync(way, [], limit, skip, cancellation);

    /// <summary>The rest of those who share the instant that a page ends with.</summary>
    public ValueTask<List<CustomerPlace>> ReadSameAsync(CustomerWay way, CustomerPlace last, CancellationToken cancellation) =>
        ReadAsync(way, [($"{Column(way.Path)} = ?", last.At), ($"{Number(way.Path)} {_past} ?", last.Number)], long.MaxValue, 0, cancellation);

    /// <summary>Whether anybody stands behind the instant that a page ends with.</summary>
    public async ValueTask<bool> HasAfterAsync(CustomerWay way, CustomerPlace last, CancellationToken cancellation) =>
        (await ReadAsync(way, [($"{Column(way.Path)} {_past} ?", last.At)], 1, 0, cancellation)).Count > 0;

    private ValueTask<List<CustomerPlace>> ReadAsync(
        CustomerWay way, ReadOnlySpan<(string Condition, long Value)> more, long limit, long skip, CancellationToken cancellation)
    {
        var path = way.Path;
        var isPlaced = Order.Column != "source_id";
        var (from, where) = _conditions.Over(path, Given, alsoRows: !path.IsOfMembers || Order.Column == "updated_at" || (Order.Column == "source_id" && path.Order != "source_id"));
        foreach (var (condition, value) in more)
        {
            where.And(condition, value);
        }

        if (way.Kind == CustomerWayKind.Sorted)
        {
            var inner = $"SELECT {Number(path)} AS no, {Column(path)} AS place FROM {from}";
            var outer = $" LIMIT ?) f{new ListOrder("place", Order.Descending).Clause(Dialect, "f.no", "f.")}{Pages.LimitOffset}";
            return ReadAsync(where.Query($"SELECT f.no, {(isPlaced ? "f.place" : "f.no")} FROM ({inner}", InOrder(path) + outer).Bind(way.Most), limit, skip, cancellation);
        }

        var select = $"SELECT {Number(path)}, {(isPlaced ? Column(path) : Number(path))} FROM {from}";
        return ReadAsync(where.Query(select, Clause(path, Order) + Pages.LimitOffset), limit, skip, cancellation);
    }

    // Only the rows of those that the index has at this end of the order are looked at.
    private ValueTask<List<CustomerPlace>> LookAsync(CustomerWay way, long limit, long skip, CancellationToken cancellation)
    {
        var (from, where) = _conditions.Over(way.Path, Given & way.Path.Holds, alsoRows: true);
        var known = Order.Column == "created_at" ? "" : ", c.created_at";
        var seen = where.Query($"SELECT f.no, f.{Order.Column} FROM (SELECT c.no, c.{Order.Column}{known} FROM {from}", $"{Clause(way.Path, Order)} LIMIT ?) f").Bind(way.Most);
        var kept = _conditions.OfSeen(Given & ~way.Path.Holds).Query(" CROSS JOIN customers c", Order.Clause(Dialect, "f.no", "f.") + Pages.LimitOffset);
        return ReadAsync(new SqlQuery(seen.Text + kept.Text).BindAll(seen.Values).BindAll(kept.Values), limit, skip, cancellation);
    }

    // Those without a source id are all alike to the index of source ids, so they are read over one of their own.
    private ValueTask<List<CustomerPlace>> ReadBySourceAsync(long limit, long skip, CancellationToken cancellation) =>
        ReadInPartsAsync(limit, skip, (isMissing, most, before) =>
        {
            var (from, where) = _conditions.Over(CustomerPath.Source, Given, alsoRows: true);
            where.And(isMissing ? "c.source_id IS NULL" : "c.source_id IS NOT NULL");
            var clause = isMissing ? ByNumber("c.no") : Clause(CustomerPath.Source, Order);
            return ReadAsync(where.Query($"SELECT c.no, c.no FROM {from}", clause + Pages.LimitOffset), most, before, cancellation);
        });

    // Those that were never changed stand in order of number, as memberships do: where they are many they are found over these, and members looked for among the changed only.
    private async ValueTask<List<CustomerPlace>> ReadMembersByUpdateAsync(CustomerWay way, long limit, long skip, CancellationToken cancellation)
    {
        var (project, all) = _conditions.Over(CustomerPath.Updated, CustomerFilters.None, alsoRows: false);
        var unchanged = all.And("c.updated_at IS NULL").Query($"SELECT count(*) FROM (SELECT 1 AS one FROM {project}", $"{Clause(CustomerPath.Updated, Order)} LIMIT ?) f");
        var overMembers = await _session.NumberAsync(unchanged.Bind(way.Most).OverIndexes()) == way.Most;
        return await ReadInPartsAsync(limit, skip, (isMissing, most, before) =>
        {
            var path = isMissing && overMembers ? way.Path : CustomerPath.Updated;
            var (from, where) = _conditions.Over(path, Given, alsoRows: true);
            where.And(isMissing ? "c.updated_at IS NULL" : "c.updated_at IS NOT NULL");
            var clause = path == way.Path ? ByNumber("s.customer") : Clause(path, Order);
            return ReadAsync(where.Query($"SELECT {Number(path)}, c.updated_at FROM {from}", clause + Pages.LimitOffset), most, before, cancellation);
        });
    }

    // Those that lack what the order is by stand first going up, and last going down.
    private async ValueTask<List<CustomerPlace>> ReadInPartsAsync(long limit, long skip, Func<bool, long, long, ValueTask<List<CustomerPlace>>> read)
    {
        var begins = !Order.Descending;
        var places = await read(begins, limit, skip);
        if (places.Count < limit)
        {
            var passed = places.Count > 0 || skip == 0 ? skip : (await read(begins, skip, 0)).Count;
            places.AddRange(await read(!begins, limit - places.Count, skip - passed));
        }

        return places;
    }

    private ValueTask<List<CustomerPlace>> ReadAsync(SqlQuery query, long limit, long skip, CancellationToken cancellation) => _session.AllAsync(
        query.Bind(limit).Bind(skip).OverIndexes(), static row => new CustomerPlace(row.Number(0), row.NumberOrNull(1) ?? 0), cancellation);

    // From the end that the page is at, as far as the two orders have to do with each other: what is best so far is then seldom outdone.
    private string InOrder(CustomerPath path) => path.Order is { } column ? Clause(path, new ListOrder(column, Order.Descending)) : "";

    private string Clause(CustomerPath path, ListOrder order) => order.Clause(Dialect, Number(path), path.IsOfMembers ? "s." : "c.");

    private string ByNumber(string number) => $" ORDER BY {number}{(Order.Descending ? " DESC" : "")}";

    private string Column(CustomerPath path) => (path.IsOfMembers && Order.Column == "created_at" ? "s." : "c.") + Order.Column;

    private static string Number(CustomerPath path) => path.IsOfMembers ? "s.customer" : "c.no";
}
