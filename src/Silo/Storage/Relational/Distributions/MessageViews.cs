using Marketing.Activity;
using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>Messages as people see them.</summary>
internal static class MessageViews
{
    public static string Select(SqlDialect dialect) =>
        $"""
        SELECT m.distribution, m.no, c.id, m.channel, {dialect.MessageStatus}, m.reason, m.attempts, m.failed_at, m.uncertain, m.created_at,
            m.due_at, m.finished_at, m.occurrence
        """;

    public const string Customer = " LEFT JOIN customers c ON c.no = m.customer";

    private static readonly string[] Statuses = ["queued", "retrying", "sending", "sent", "failed", "skipped", "canceled"];

    /// <summary>The state with this name, or null.</summary>
    public static MessageStatus? StatusOf(string name) => Array.IndexOf(Statuses, name) is >= 0 and var status ? (MessageStatus)status : null;

    public static Message Row(IRow row)
    {
        var status = (MessageStatus)row.Int(4);
        return new Message
        {
            Id = MessageIds.Format(row.Int(0), row.Number(1)),
            CustomerId = row.TextOrNull(2),
            Channel = row.Text(3),
            Status = Statuses[(int)status],
            Reason = row.TextOrNull(5),
            Attempts = row.Int(6),
            Recovered = status == MessageStatus.Sent && !row.IsNull(7),
            Uncertain = row.Flag(8),
            CreatedAt = row.Instant(9),
            DueAt = row.Instant(10),
            FinishedAt = row.InstantOrNull(11),
            EventId = row.Number(12) > 0 ? ActivityIds.Format(row.Number(12)) : null,
        };
    }
}
