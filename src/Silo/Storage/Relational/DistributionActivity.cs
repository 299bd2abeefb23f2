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
    public static async ValueTask<Page<DistributionEvent>> ReadAsync(ISqlSession session, int number, ActivityQuery query, CancellationToken cancellation)
    {
        ActivityPosition? position = null;
        if (query.StartingAfterId is { } id && (position = Parse(id)) is null)
        {
            return new Page<DistributionEvent>([], -1, false);
        }

        var cursor = new ActivityCursor(position, query.Ascending);
        var log = Filter(session.Dialect, "l.distribution", "l.created_at", "l.no", number, query, cursor.For(isMessage: false)).AndIf("l.type = ?", query.Type);
        var messages = Filter(session.Dialect, "m.distribution", "m.finished_at", "m.no", number, query, cursor.For(isMessage: true))
            .And("m.finished_at IS NOT NULL").AndIf(Sql.Type + " = ?", query.Type);
        if (query.Category is not null)
        {
            // What people did to it, and what came of it.
            (query.Category == "ACTION" ? messages : log).And("1 = 0");
        }

        var events = await session.AllAsync(
            log.Query(Sql.Log, Order(query, "l.created_at, l.no", "l.created_at DESC, l.no DESC")).Bind(query.Limit + 1), LogEvent, cancellation);
        var finished = $"{MessageViews.Select(session.Dialect)} FROM messages m {session.Dialect.Over("messages_finished")}{MessageViews.Customer}";
        events.AddRange(await session.AllAsync(
            messages.Query(finished, Order(query, "m.finished_at, m.no", "m.finished_at DESC, m.no DESC")).Bind(query.Limit + 1), MessageEvent, cancellation));
        events.Sort((one, other) => query.Ascending ? one.Position.CompareTo(other.Position) : other.Position.CompareTo(one.Position));
        return Pages.Cut(events.ConvertAll(static happened => happened.Event), query.Limit);
    }

    private static SqlFilter Filter(
        SqlDialect dialect, string distribution, string time, string no, int number, ActivityQuery query, ActivityPosition? after) =>
        new SqlFilter(dialect).And(distribution + " = ?", number).AndIf(time + " >= ?", query.Start).AndIf(time + " <= ?", query.End)
            .AndAfter(after, time, no, query.Ascending);

    private static string Order(ActivityQuery query, string ascending, string descending) =>
        $" ORDER BY {(query.Ascending ? ascending : descending)} LIMIT ?";

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

    private static class Sql
    {
        public const string Log = "SELECT l.no, l.type, l.created_at, l.detail FROM distribution_log l";

        public const string Type =
            """
            ('message.' || CASE m.status WHEN 3 THEN CASE WHEN m.failed_at IS NULL THEN 'sent' ELSE 'recovered' END
                WHEN 4 THEN 'failed' WHEN 5 THEN 'skipped' ELSE 'canceled' END)
            """;
    }
}
