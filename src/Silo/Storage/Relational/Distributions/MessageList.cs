using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>
/// Lists of a distribution's messages by cursor: newest first by time, then by number; sent ones by when they were sent. Each state is read over the index
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

        var most = query.Limit + 1L;
        var isFewWaiting = false;
        if (query.CustomerId is null && (status is not null || query.Channel is not null))
        {
            var ceiling = await MessageCeilings.OfStatusAsync(session, number, status, query.Channel);
            isFewWaiting = status == MessageStatus.Queued && ceiling <= MessageCeilings.Few;
            most = Math.Min(most, ceiling);
            if (most == 0)
            {
                return new Page<Message>([], -1, false);
            }
        }

        var bySent = status == MessageStatus.Sent && query.CustomerId is null;
        var finished = session.Dialect.Finished;
        var time = bySent ? finished.Time : "m.created_at";
        var filter = new SqlFilter(session.Dialect).And((bySent ? finished.Distribution : "m.distribution") + " = ?", number);
        if (bySent)
        {
            filter.And($"{finished.Condition} AND {finished.IsSent}");
        }
        else if (status is { } wanted)
        {
            filter.And(ConditionOf(wanted, session.Dialect, number), (int)wanted);
        }

        if (isFewWaiting)
        {
            filter.And(session.Dialect.IsWaiting(number));
        }

        filter.AndIf("m.channel = ?", query.Channel);
        if (query.CustomerId is { } customer)
        {
            filter.And(
                "m.customer IN (SELECT no FROM customers WHERE id = ? AND project = (SELECT project FROM distributions WHERE number = ?))",
                customer, number);
        }

        ActivityPosition? position = after is { } last ? new ActivityPosition(await TimeOfAsync(session, number, last, bySent), true, last) : null;
        if (session.Dialect.HasArrivals && query.CustomerId is null && !isFewWaiting && status is null or MessageStatus.Queued)
        {
            var from = position is { } stopped ? (stopped.At, stopped.Number) : (long.MaxValue, long.MaxValue);
            return Pages.Cut(await MessageArrivals.ReadAsync(session, number, filter, from, (int)most, cancellation), query.Limit);
        }

        filter.AndAfter(position, time, "m.no", ascending: false);
        var index = query.CustomerId is not null ? "messages_owed_once" : isFewWaiting ? "messages_due" : IndexOf(status);
        var source = bySent ? finished.From : "messages m " + (index is null ? "" : session.Dialect.Over(index));
        var rows = await session.AllAsync(
            filter.Query($"{MessageViews.Select(session.Dialect)} FROM {source}{MessageViews.Customer}", $" ORDER BY {time} DESC, m.no DESC LIMIT ?")
                .Bind(most).OverIndexes(),
            MessageViews.Row, cancellation);
        return Pages.Cut(rows, query.Limit);
    }

    // A cursor that was queued again meanwhile has no time any more; then there is nothing after it.
    private static async ValueTask<long> TimeOfAsync(ISqlSession session, int distribution, long number, bool bySent) =>
        await session.NumberAsync(new SqlQuery(
            bySent ? "SELECT finished_at FROM messages WHERE distribution = ?1 AND no = ?2" : "SELECT created_at FROM messages WHERE distribution = ?1 AND no = ?2")
            .Bind(distribution).Bind(number)) ?? long.MinValue;

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
        MessageStatus.Sent => null,
        null or MessageStatus.Queued => "messages_created",
        MessageStatus.Sending => "messages_sending",
        _ => "messages_exceptions",
    };
}
