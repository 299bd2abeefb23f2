using Marketing.Activity;
using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>
/// A customer's activity: stored entries, merged with one entry for each message that was sent or failed. Those are read from
/// the messages themselves, so that sending a million messages does not write a million entries.
/// </summary>
internal static class CustomerActivity
{
    public static async ValueTask<Page<ActivityRow>> ReadAsync(ISqlSession session, long customer, ActivityQuery query, CancellationToken cancellation)
    {
        if (await ActivityCursor.ResolveAsync(session, customer, query) is not { } cursor)
        {
            return new Page<ActivityRow>([], -1, false);
        }

        var entries = await ReadAsync(session, customer, query, cursor, query.Limit + 1, cancellation);
        if (query.StartingAfter is null || entries.Count <= query.Limit)
        {
            return Pages.Cut(entries.ConvertAll(static entry => entry.Row), query.Limit);
        }

        var last = entries[query.Limit - 1].Row.At;
        entries.RemoveAll(entry => query.Ascending ? entry.Row.At >= last : entry.Row.At <= last);
        entries.AddRange(await ReadAsync(session, customer, query with { StartingAfter = null, Start = last, End = last }, cursor, int.MaxValue, cancellation));
        var more = await ReadAsync(session, customer, query with { StartingAfter = last }, cursor, 1, cancellation);
        return new Page<ActivityRow>(entries.ConvertAll(static entry => entry.Row), -1, more.Count > 0);
    }

    // At most so many of either kind.
    private static async ValueTask<List<(ActivityPosition Position, ActivityRow Row)>> ReadAsync(
        ISqlSession session, long customer, ActivityQuery query, ActivityCursor cursor, int most, CancellationToken cancellation)
    {
        var entries = new List<(ActivityPosition Position, ActivityRow Row)>(
            await session.AllAsync(
                Entries(session.Dialect, customer, query, cursor.For(isMessage: false)).Query(Sql.Entries, Order(query, "created_at")).Bind(most),
                Entry, cancellation));
        entries.AddRange(
            await session.AllAsync(
                Messages(session.Dialect, customer, query, cursor.For(isMessage: true)).Query(Sql.Messages, Order(query, "m.finished_at", "m.")).Bind(most),
                MessageEntries.Entry, cancellation));
        entries.Sort((one, other) => query.Ascending ? one.Position.CompareTo(other.Position) : other.Position.CompareTo(one.Position));
        return entries;
    }

    private static SqlFilter Entries(SqlDialect dialect, long customer, ActivityQuery query, ActivityPosition? after)
    {
        var filter = new SqlFilter(dialect)
            .And("customer = ?", customer)
            .AndIf("created_at >= ?", query.Start)
            .AndIf("created_at <= ?", query.End)
            .AndIf(query.Ascending ? "created_at > ?" : "created_at < ?", query.StartingAfter)
            .AndIf("type = ?", query.Type);
        if (query.Category is not null)
        {
            filter.And(query.Category == "ACTION" ? Sql.IsAction : "NOT " + Sql.IsAction);
        }

        return filter.AndAfter(after, "created_at", "no", query.Ascending);
    }

    private static SqlFilter Messages(SqlDialect dialect, long customer, ActivityQuery query, ActivityPosition? after)
    {
        var filter = new SqlFilter(dialect)
            .And("m.customer = ?", customer)
            .And("m.status IN (3, 4) AND m.finished_at IS NOT NULL AND m.channel <> 'webhook'")
            .AndIf("m.finished_at >= ?", query.Start)
            .AndIf("m.finished_at <= ?", query.End)
            .AndIf(query.Ascending ? "m.finished_at > ?" : "m.finished_at < ?", query.StartingAfter)
            .AndIf(Sql.MessageType + " = ?", query.Type);
        if (query.Category == "ACTION")
        {
            filter.And("1 = 0");
        }

        return filter.AndAfter(after, "m.finished_at", "m.no", query.Ascending);
    }

    private static string Order(ActivityQuery query, string time, string prefix = "") =>
        query.Ascending
            ? $" ORDER BY {time}, {prefix}no LIMIT ?"
            : $" ORDER BY {time} DESC, {prefix}no DESC LIMIT ?";

    private static (ActivityPosition Position, ActivityRow Row) Entry(IRow row)
    {
        var number = row.Number(0);
        return (
            new ActivityPosition(row.Number(2), false, number),
            new ActivityRow(ActivityIds.Format(number), row.Text(1), row.Instant(2), row.TextOrNull(3), row.Text(4), row.Blob(5)));
    }

    private static class Sql
    {
        public const string Entries = "SELECT no, type, created_at, group_id, channel, data FROM activity";

        // What the customer or the shop did; everything else is what the engine made of it.
        public const string IsAction =
            """
            (type IN ('customer.created', 'customer.updated', 'customer.deleted')
                OR type LIKE 'customer.custom\_event%' ESCAPE '\' OR type LIKE 'customer.order.%')
            """;

        public const string MessageType =
            "('customer.' || m.channel || CASE WHEN m.status = 4 THEN '.failed' WHEN m.failed_at IS NULL THEN '.sent' ELSE '.recovered' END)";

        public const string Messages =
            "SELECT m.no, " + MessageType + ", m.finished_at, d.id, d.name FROM messages m LEFT JOIN distributions d ON d.number = m.distribution";
    }
}
