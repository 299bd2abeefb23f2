using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>Lists of customers.</summary>
internal static class CustomerList
{
    // With more members than this it is cheaper to walk the customers in the order asked for and look each up in the segment
    // than to sort all members for one page.
    private const int ManyMembers = 20_000;

    public static async ValueTask<Page<CustomerRow>> ReadAsync(
        ISqlSession session, int project, CustomerListQuery query, int? segment, CancellationToken cancellation)
    {
        var order = ListOrder.Parse(query.Order, "created_at", "updated_at", "source_id");
        var cursor = order.Column == "updated_at" ? "c.updated_at" : "c.created_at";
        var past = order.Descending ? "<" : ">";
        var filter = new SqlFilter(session.Dialect)
            .And("c.project = ?", project)
            .AndIf("c.city = ?", query.City)
            .AndIf("c.name = ?", query.Name)
            .AndWithin("c.created_at", query.CreatedAt)
            .AndWithin("c.updated_at", query.UpdatedAt)
            .AndIf($"{cursor} {past} ?", query.StartingAfter);

        if (query.Email is not null)
        {
            // Said for the index. Rows that were last written before addresses had one spelling have the domain as it was given.
            filter.And("c.email IS NOT NULL").AndAddress("lower(c.email)", query.Email);
        }

        var members = segment is { } counted ? await session.NumberAsync(new SqlQuery(SegmentSql.CountMembers).Bind(counted)) ?? 0 : 0;
        if (segment is { } number)
        {
            filter.And(members > ManyMembers ? IsMember(session.Dialect) : Sql.IsOneOfFew, number);
        }

        var narrowed = query is not { Email: null, City: null, Name: null, CreatedAt: null, UpdatedAt: null, StartingAfter: null };
        var total = (narrowed, segment) switch
        {
            (true, _) => await session.NumberAsync(filter.Query("SELECT count(*) FROM customers c")) ?? 0,
            (false, null) => await session.NumberAsync(new SqlQuery(SegmentSql.CountCustomers).Bind(project)) ?? 0,
            _ => members,
        };
        cancellation.ThrowIfCancellationRequested();

        var few = query.Email is not null || (segment is not null && members <= ManyMembers);
        var select = $"SELECT {CustomerSql.Columns}, {cursor} FROM customers c";
        var clause = order.Clause(session.Dialect, "c.no", "c.", few);
        var last = 0L;
        CustomerRow Row(IRow row)
        {
            last = row.NumberOrNull(7) ?? 0;
            return CustomerSql.Row(row);
        }

        var page = await Pages.NumberedAsync(session, filter.Query(select, clause + Pages.LimitOffset), query.Limit, query.Page, total, Row, cancellation);
        if (query is not { StartingAfter: not null, Page: <= 1 } || order.Column == "source_id" || !page.HasMore || page.Items.Count == 0)
        {
            return page;
        }

        // The next page begins after the last instant of this one, so all who share it belong here.
        var same = filter.And($"{cursor} = ?", last).And($"c.no {past} ?", page.Items[^1].Number).Query(select, clause);
        List<CustomerRow> items = [.. page.Items, .. await session.AllAsync(same, CustomerSql.Row, cancellation)];
        return new Page<CustomerRow>(items, total, items.Count < total);
    }

    // Not over the index: that would turn the look-up into a walk over the members.
    private static string IsMember(SqlDialect dialect) =>
        $"EXISTS (SELECT 1 FROM memberships s WHERE s.segment = ? AND s.customer = {dialect.NotOverIndexOf("c.no")})";

    private static class Sql
    {
        public const string IsOneOfFew = "c.no IN (SELECT s.customer FROM memberships s WHERE s.segment = ?)";
    }
}
