using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>
/// Lists of a distribution's messages by cursor, newest first, sent ones by when they were sent. Each state is read over the index
/// that holds it: among millions of others even the few retried ones are found at once.
/// </summary>
internal static class MessageList
{
    public static async ValueTask<Page<Message>> ReadAsync(ISqlSession session, int number, MessageListQuery query, CancellationToken cancellation)
    {
        MessageStatus? status = null;
        long? after = null;
        if ((query.Status is { } name && (status = MessageViews.StatusOf(name)) is null)
            || (query.StartingAfterId is { } id && (after = CursorOf(id, number)) is null))
        {
            return new Page<Message>([], -1, false);
        }

        var bySent = status == MessageStatus.Sent && query.CustomerId is null;
        var finished = session.Dialect.Finished;
        var filter = new SqlFilter(session.Dialect).And((bySent ? finished.Distribution : "m.distribution") + " = ?", number);
        if (bySent)
        {
            filter.And($"{finished.Condition} AND {finished.IsSent}");
        }
        else if (status is { } wanted)
        {
            filter.And(ConditionOf(wanted, session.Dialect, number), (int)wanted);
        }

        filter.AndIf("m.channel = ?", query.Channel);
        if (query.CustomerId is { } customer)
        {
            filter.And(
                "m.customer IN (SELECT no FROM customers WHERE id = ? AND project = (SELECT project FROM distributions WHERE number = ?))",
                customer, number);
        }

        if (after is { } last)
        {
            await AfterAsync(session, filter, number, last, bySent);
        }

        var index = query.CustomerId is null ? IndexOf(status) : "messages_owed_once";
        var source = bySent ? finished.From : "messages m " + (index is null ? "" : session.Dialect.Over(index));
        var order = bySent ? finished.Order(ascending: false) : " ORDER BY m.no DESC LIMIT ?";
        var rows = await session.AllAsync(
            filter.Query($"{MessageViews.Select(session.Dialect)} FROM {source}{MessageViews.Customer}", order).Bind(query.Limit + 1),
            MessageViews.Row, cancellation);
        return Pages.Cut(rows, query.Limit);
    }

    private static async ValueTask AfterAsync(ISqlSession session, SqlFilter filter, int number, long last, bool bySent)
    {
        if (!bySent)
        {
            filter.And("m.no < ?", last);
            return;
        }

        // A cursor that was queued again meanwhile has no time any more; then there is nothing after it.
        var at = await session.NumberAsync(
            new SqlQuery("SELECT finished_at FROM messages WHERE distribution = ?1 AND no = ?2").Bind(number).Bind(last));
        filter.AndAfter(new ActivityPosition(at ?? long.MinValue, true, last), session.Dialect.Finished.Time, session.Dialect.Finished.Number, ascending: false);
    }

    private static long? CursorOf(string id, int distribution) =>
        MessageIds.TryParse(id, out var owner, out var number) && owner == distribution ? number : null;

    private static string ConditionOf(MessageStatus status, SqlDialect dialect, int distribution) => status switch
    {
        MessageStatus.Queued => $"NOT {dialect.IsSending(distribution)} AND m.status = ?",
        MessageStatus.Retrying => $"NOT {dialect.IsSending(distribution)} AND {dialect.IsException}",
        MessageStatus.Sending => $"{dialect.IsSending(distribution)} AND 2 = ?",
        MessageStatus.Sent => "m.status = ?",
        _ => dialect.IsException,
    };

    private static string? IndexOf(MessageStatus? status) => status switch
    {
        null or MessageStatus.Queued or MessageStatus.Sent => null,
        MessageStatus.Sending => "messages_sending",
        _ => "messages_exceptions",
    };
}
