using System.Globalization;
using Marketing.Activity;
using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>
/// What happened to a distribution: its log, merged with its finished messages. The cursor is time, kind and number, so a page can
/// go on although the message it ended with was queued again since.
/// </summary>
internal static class DistributionActivity
{
    private const string Log = "SELECT l.no, l.type, l.created_at, l.detail FROM distribution_log l";

    public static async ValueTask<Page<DistributionEvent>> ReadAsync(ISqlSession session, int number, ActivityQuery query, CancellationToken cancellation)
    {
        ActivityPosition? position = null;
        if (query.StartingAfterId is { } id && (position = Parse(id)) is null)
        {
            return new Page<DistributionEvent>([], -1, false);
        }

        var cursor = new ActivityCursor(position, query.Ascending);
        var log = Filter(session.Dialect, "l.distribution", "l.created_at", "l.no", number, query, cursor.For(isMessage: false)).AndIf("l.type = ?", query.Type);
        var finished = session.Dialect.Finished;
        var messages = Filter(session.Dialect, finished.Distribution, finished.Time, finished.Number, number, query, cursor.For(isMessage: true))
            .And(finished.Condition);
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
            log.Query(Log, query.Ascending ? " ORDER BY l.created_at, l.no LIMIT ?" : " ORDER BY l.created_at DESC, l.no DESC LIMIT ?").Bind(query.Limit + 1),
            LogEvent, cancellation);
        events.AddRange(await session.AllAsync(
            messages.Query($"{MessageViews.Select(session.Dialect)} FROM {finished.From}{MessageViews.Customer}", finished.Order(query.Ascending)).Bind(query.Limit + 1),
            MessageEvent, cancellation));
        events.Sort((one, other) => query.Ascending ? one.Position.CompareTo(other.Position) : other.Position.CompareTo(one.Position));
        return Pages.Cut(events.ConvertAll(static happened => happened.Event), query.Limit);
    }

    private static SqlFilter Filter(
        SqlDialect dialect, string distribution, string time, string no, int number, ActivityQuery query, ActivityPosition? after) =>
        new SqlFilter(dialect).And(distribution + " = ?", number).AndIf(time + " >= ?", query.Start).AndIf(time + " <= ?", query.End)
            .AndAfter(after, time, no, query.Ascending);

    private static (ActivityPosition Position, DistributionEvent Event) LogEvent(IRow row)
    {
        var position = new ActivityPosition(row.Number(2), false, row.Number(0));
        return (position, new DistributionEvent
        {
            Id = Format(position),
            Type = row.Text(1),
            CreatedAt = row.Instant(2),
            Detail = row.TextOrNull(3),
        });
    }

    private static (ActivityPosition Position, DistributionEvent Event) MessageEvent(IRow row)
    {
        var message = MessageViews.Row(row);
        var position = new ActivityPosition(row.Number(11), true, row.Number(1));
        return (position, new DistributionEvent
        {
            Id = Format(position),
            Type = "message." + (message.Recovered ? "recovered" : message.Status),
            CreatedAt = message.FinishedAt!.Value,
            Message = message,
        });
    }

    private static string Format(ActivityPosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"{(position.IsMessage ? 'm' : 'l')}{position.At:x12}{position.Number:x16}");

    private static ActivityPosition? Parse(string id) =>
        id is ['m' or 'l', ..] && id.Length == 29
            && long.TryParse(id.AsSpan(1, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
            && long.TryParse(id.AsSpan(13), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? new ActivityPosition(at, id[0] == 'm', number)
            : null;
}
