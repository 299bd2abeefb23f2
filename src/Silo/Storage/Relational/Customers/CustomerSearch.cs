using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>The filters and the order of a list of customers as statements that read the numbers of customers over one index.</summary>
internal sealed class CustomerSearch
{
    private readonly ISqlSession _session;
    private readonly int _project;
    private readonly CustomerListQuery _query;
    private readonly long _segment;
    private readonly string _past;

    public CustomerSearch(ISqlSession session, int project, CustomerListQuery query, int? segment)
    {
        (_session, _project, _query, _segment) = (session, project, query, segment ?? 0);
        Order = ListOrder.Parse(query.Order, "created_at", "updated_at", "source_id");
        _past = Order.Descending ? "<" : ">";
        Given = (query.Email is null ? 0 : CustomerFilters.Email)
            | (query.Name is null ? 0 : CustomerFilters.Name)
            | (query.City is null ? 0 : CustomerFilters.City)
            | (segment is null ? 0 : CustomerFilters.Segment)
            | (query.CreatedAt is null && (query.StartingAfter is null || IsByUpdate) ? 0 : CustomerFilters.Created)
            | (query.UpdatedAt is null && (query.StartingAfter is null || !IsByUpdate) ? 0 : CustomerFilters.Updated);
    }

    public ListOrder Order { get; }

    public CustomerFilters Given { get; }

    public SqlDialect Dialect => _session.Dialect;

    private bool IsByUpdate => Order.Column == "updated_at";

    /// <summary>How many there are, as far as a limit.</summary>
    /// <param name="path">Over which index.</param>
    /// <param name="filters">By which of the filters.</param>
    /// <param name="limit">How many are counted at most.</param>
    public async ValueTask<long> CountAsync(CustomerPath path, CustomerFilters filters, long limit)
    {
        var joins = Joins(path, filters, isPlaced: false);
        var query = Conditions(path, filters, joins).Query($"SELECT count(*) FROM (SELECT 1 AS one FROM {From(path, joins)}", $"{InOrder(path)} LIMIT ?) f");
        return await _session.NumberAsync(query.Bind(limit).OverIndexes()) ?? 0;
    }

    public async ValueTask<long> CountMembersAsync() => await _session.NumberAsync(new SqlQuery(SegmentSql.CountMembers).Bind(_segment)) ?? 0;

    public async ValueTask<long> CountCustomersAsync() => await _session.NumberAsync(new SqlQuery(CustomerSql.Count).Bind(_project)) ?? 0;

    /// <summary>The numbers of a page.</summary>
    /// <param name="way">Over which index, and whether in its order.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="skip">How many are left out before them.</param>
    /// <param name="cancellation">Whether they are still wanted.</param>
    public ValueTask<List<CustomerPlace>> ReadAsync(CustomerWay way, long limit, long skip, CancellationToken cancellation) =>
        ReadAsync(way, Conditions(way), limit, skip, cancellation);

    /// <summary>The rest of those who share the instant that a page ends with.</summary>
    public ValueTask<List<CustomerPlace>> ReadSameAsync(CustomerWay way, CustomerPlace last, CancellationToken cancellation) => ReadAsync(
        way,
        Conditions(way).And($"{Column(way.Path)} = ?", last.At).And($"{Number(way.Path)} {_past} ?", last.Number),
        long.MaxValue, 0, cancellation);

    /// <summary>Whether anybody stands behind the instant that a page ends with.</summary>
    public async ValueTask<bool> HasAfterAsync(CustomerWay way, CustomerPlace last, CancellationToken cancellation) =>
        (await ReadAsync(way, Conditions(way).And($"{Column(way.Path)} {_past} ?", last.At), 1, 0, cancellation)).Count > 0;

    private ValueTask<List<CustomerPlace>> ReadAsync(CustomerWay way, SqlFilter conditions, long limit, long skip, CancellationToken cancellation)
    {
        var path = way.Path;
        if (path == CustomerPath.Source && !Dialect.KeepsMissingInOrder)
        {
            return ReadBySourceAsync(limit, skip, cancellation);
        }

        var isPlaced = Order.Column != "source_id";
        var from = From(path, Joins(path, Given, isPlaced: true));
        SqlQuery query;
        if (way.IsSorted)
        {
            var inner = $"SELECT {Number(path)} AS no, {Column(path)} AS place FROM {from}";
            var outer = $" LIMIT ?) f{new ListOrder("place", Order.Descending).Clause(Dialect, "f.no", "f.")}{Pages.LimitOffset}";
            query = conditions.Query($"SELECT f.no, {(isPlaced ? "f.place" : "f.no")} FROM ({inner}", InOrder(path) + outer).Bind(way.Most);
        }
        else
        {
            query = conditions.Query(
                $"SELECT {Number(path)}, {(isPlaced ? Column(path) : Number(path))} FROM {from}", Clause(path, Order) + Pages.LimitOffset);
        }

        return _session.AllAsync(query.Bind(limit).Bind(skip).OverIndexes(), static row => new CustomerPlace(row.Number(0), row.NumberOrNull(1) ?? 0), cancellation);
    }

    // Those without a source id are all alike to the index of source ids, so they are read over one of their own: first going up, last going down.
    private async ValueTask<List<CustomerPlace>> ReadBySourceAsync(long limit, long skip, CancellationToken cancellation)
    {
        var begins = !Order.Descending;
        var places = await ReadAsync(begins, limit, skip);
        if (places.Count < limit)
        {
            var passed = places.Count > 0 || skip == 0 ? skip : (await ReadAsync(begins, skip, 0)).Count;
            places.AddRange(await ReadAsync(!begins, limit - places.Count, skip - passed));
        }

        return places;

        ValueTask<List<CustomerPlace>> ReadAsync(bool isMissing, long most, long before)
        {
            var conditions = Conditions(CustomerWay.InOrder(CustomerPath.Source)).And(isMissing ? "c.source_id IS NULL" : "c.source_id IS NOT NULL");
            var clause = isMissing ? $" ORDER BY c.no{(Order.Descending ? " DESC" : "")}" : Clause(CustomerPath.Source, Order);
            return _session.AllAsync(
                conditions.Query("SELECT c.no FROM customers c", clause + Pages.LimitOffset).Bind(most).Bind(before).OverIndexes(),
                static row => new CustomerPlace(row.Number(0), 0), cancellation);
        }
    }

    private SqlFilter Conditions(CustomerWay way) => Conditions(way.Path, Given, Joins(way.Path, Given, isPlaced: true));

    private SqlFilter Conditions(CustomerPath path, CustomerFilters filters, bool joins)
    {
        var isOfMembers = path == CustomerPath.Members;
        var filter = new SqlFilter(Dialect);
        filter.And(isOfMembers ? "s.segment = ?" : "c.project = ?", isOfMembers ? _segment : _project);
        if (filters.HasFlag(CustomerFilters.Email))
        {
            // Said for the index. Rows that were last written before addresses had one spelling have the domain as it was given.
            filter.And("c.email IS NOT NULL").AndAddress("lower(c.email)", _query.Email);
        }

        AndIs("c.name", filters.HasFlag(CustomerFilters.Name) ? _query.Name : null);
        AndIs("c.city", filters.HasFlag(CustomerFilters.City) ? _query.City : null);
        if (filters.HasFlag(CustomerFilters.Created))
        {
            filter.AndWithin(Prefix(path) + "created_at", _query.CreatedAt).AndIf($"{Prefix(path)}created_at {_past} ?", IsByUpdate ? null : _query.StartingAfter);
        }

        if (filters.HasFlag(CustomerFilters.Updated))
        {
            filter.AndWithin("c.updated_at", _query.UpdatedAt).AndIf($"c.updated_at {_past} ?", IsByUpdate ? _query.StartingAfter : null);
        }

        if (filters.HasFlag(CustomerFilters.Segment) && !isOfMembers)
        {
            // Not over the index of customers: that would turn the look-up into a walk over the members.
            filter.And($"EXISTS (SELECT 1 FROM memberships s WHERE s.segment = ? AND s.customer = {Dialect.NotOverIndexOf("c.no")})", _segment);
        }

        return joins ? filter.And("c.no = s.customer") : filter;

        // The index may have only the beginning of a text.
        void AndIs(string column, string? value) =>
            filter.AndIf($"{Dialect.Indexed(column)} = {Dialect.Indexed("?")}", Dialect.Indexed(column) == column ? null : value).AndIf($"{column} = ?", value);
    }

    // Members are looked up among the customers where something is asked of them that the index does not have.
    private bool Joins(CustomerPath path, CustomerFilters filters, bool isPlaced) =>
        path == CustomerPath.Members && ((filters & ~path.Holds) != 0 || (isPlaced && Order.Column != "created_at"));

    private string From(CustomerPath path, bool joins) =>
        (path == CustomerPath.Members ? $"memberships s {Dialect.Over(path.Index)}" : $"customers c {Dialect.Over(path.Index)}") + (joins ? " CROSS JOIN customers c" : "");

    // From the end that the page is at, as far as the two orders have to do with each other: what is best so far is then seldom outdone.
    private string InOrder(CustomerPath path) => path.Order is { } column ? Clause(path, new ListOrder(column, Order.Descending)) : "";

    private string Clause(CustomerPath path, ListOrder order) => order.Clause(Dialect, Number(path), path == CustomerPath.Members ? "s." : "c.");

    private string Column(CustomerPath path) => (Order.Column == "created_at" ? Prefix(path) : "c.") + Order.Column;

    private static string Prefix(CustomerPath path) => path == CustomerPath.Members ? "s." : "c.";

    private static string Number(CustomerPath path) => path == CustomerPath.Members ? "s.customer" : "c.no";
}
