using Marketing.Activity;
using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>
/// What happened to a distribution: its log, merged with its finished messages, by time or in the order of commits. The cursor is a position and no
/// row, so a page can go on although the message it ended with was queued again since.
/// </summary>
internal static class DistributionActivity
{
    private const string Log = "SELECT l.no, l.type, l.created_at, l.detail, l.recorded FROM distribution_log l";

    public static async ValueTask<Page<DistributionEvent>> ReadAsync(ISqlSession session, int number, ActivityQuery query, CancellationToken cancellation)
    {
        EntryPosition? after = null;
        if (query.StartingAfterId is { } id && (after = EntryPosition.Parse(id)) is null)
        {
            return new Page<DistributionEvent>([], -1, false);
        }

        CommitOrder? order = query.Recorded ? await CommitOrder.ReadAsync(session, number) : null;
        after = order is { } read ? read.Resume(after) : after;
        var most = query.Limit + 1L;
        var finished = query.Recorded ? session.Dialect.Recorded : session.Dialect.Finished;
        if (query.Type is not null)
        {
            var kind = FinishedMessages.KindOf(query.Type);
            var ceiling = await MessageCeilings.OfKindAsync(session, number, kind);
            most = Math.Min(most, ceiling);
            if (!query.Recorded && ceiling <= MessageCeilings.Few && kind is (int)MessageStatus.Failed or (int)MessageStatus.Skipped or (int)MessageStatus.Canceled)
            {
                finished = session.Dialect.Unsent ?? finished;
            }
        }

        var log = Filter(session.Dialect, "l.distribution", "l.recorded", "l.created_at", "l.no", isMessage: false);
        var messages = Filter(session.Dialect, finished.Distribution, finished.Recorded, finished.Time, finished.Number, isMessage: true);
        log.AndIf("l.type = ?", query.Type);
        messages.And(finished.Condition);
        if (query.Type is { } type)
        {
            messages.And(finished.Kind + " = ?", FinishedMessages.KindOf(type));
        }

        if (query.Category is not null)
        {
            // What people did to it, and what came of it.
            (query.Category == "ACTION" ? messages : log).And("1 = 0");
        }

        var events = await session.AllAsync(
            log.Query(Log, Order("l.recorded", "l.created_at", "l.no")).Bind(query.Limit + 1).OverIndexes(), LogEvent, cancellation);
        if (most > 0)
        {
            events.AddRange(await session.AllAsync(
                messages.Query(
                    $"{MessageViews.Select(session.Dialect)}, {finished.Recorded} FROM {finished.From}{MessageViews.Customer}",
                    Order(finished.Recorded, finished.Time, finished.Number)).Bind(most).OverIndexes(),
                MessageEvent, cancellation));
        }

        events.Sort((one, other) => (query.Ascending ? 1 : -1) * Compare(one.Position, other.Position));
        return Pages.Cut(events.ConvertAll(static happened => happened.Event), query.Limit);

        SqlFilter Filter(SqlDialect dialect, string distribution, string recorded, string time, string no, bool isMessage)
        {
            var filter = new SqlFilter(dialect).And(distribution + " = ?", number).AndIf(time + " >= ?", query.Start).AndIf(time + " <= ?", query.End);
            var place = new ActivityCursor(after?.ByTime, query.Ascending).For(isMessage);
            return order is { } commits
                ? AfterRecorded(filter.And(recorded + " < ?", commits.Before), recorded, time, no, place)
                : filter.AndAfter(place, time, no, query.Ascending);
        }

        SqlFilter AfterRecorded(SqlFilter filter, string recorded, string time, string no, ActivityPosition? place)
        {
            if (after is not { } cursor || place is not { } position)
            {
                return filter;
            }

            // Said twice: the first limits the walk over the index, the second settles ties.
            var past = query.Ascending ? ">" : "<";
            return filter.And($"{recorded} {past}= ?", cursor.Recorded)
                .And($"({recorded}, {time}, {no}) {past} (?, ?, ?)", [cursor.Recorded, position.At, position.Number]);
        }

        string Order(string recorded, string time, string no)
        {
            var direction = query.Ascending ? "" : " DESC";
            return $" ORDER BY {(query.Recorded ? $"{recorded}{direction}, " : "")}{time}{direction}, {no}{direction} LIMIT ?";
        }

        int Compare(EntryPosition one, EntryPosition other) =>
            query.Recorded ? EntryPosition.CompareRecorded(one, other) : one.ByTime.CompareTo(other.ByTime);
    }

    private static (EntryPosition Position, DistributionEvent Event) LogEvent(IRow row)
    {
        var position = new EntryPosition(row.Number(4), new ActivityPosition(row.Number(2), false, row.Number(0)));
        return (position, new DistributionEvent
        {
            Id = position.ToString(),
            Type = row.Text(1),
            CreatedAt = row.Instant(2),
            Detail = row.TextOrNull(3),
        });
    }

    private static (EntryPosition Position, DistributionEvent Event) MessageEvent(IRow row)
    {
        var message = MessageViews.Row(row);
        var position = new EntryPosition(row.Number(13), new ActivityPosition(row.Number(11), true, row.Number(1)));
        return (position, new DistributionEvent
        {
            Id = position.ToString(),
            Type = "message." + (message.Recovered ? "recovered" : message.Status),
            CreatedAt = message.FinishedAt!.Value,
            Message = message,
        });
    }
}
