using Marketing.Activity;
using Marketing.Distributions;

namespace Marketing.Storage.Sqlite;

/// <summary>Distributions as rows, and reads over their messages, in SQLite.</summary>
internal sealed class SqliteDistributionStore(SqliteWriter writer, SqliteReaders readers, INumbers numbers) : IDistributionStore
{
    public Task<bool> SaveAsync(DistributionRow row) =>
        writer.ExecuteAsync(session =>
        {
            if (row.Name is not null
                && session.Prepare(DistributionSql.NameHolder).Bind(row.Project).Bind(row.Name).Bind(row.Number).ReadNumber() is not null)
            {
                return false;
            }

            session.Prepare(DistributionSql.Save)
                .Bind(row.Number).Bind(row.Project).Bind(row.Id).Bind(row.Name).Bind(row.Type).Bind(row.Status).Bind(row.TriggerType)
                .Bind(DistributionSql.Join(row.Channels)).Bind(row.Subject).Bind(row.CreatedAt.ToStored()).Bind(row.UpdatedAt.ToStored())
                .Bind(row.Document).Run();
            return true;
        });

    public Task<bool> NameIsFreeAsync(int project, int number, string name) =>
        readers.PointAsync(session => session.Prepare(DistributionSql.NameHolder).Bind(project).Bind(name).Bind(number).ReadNumber() is null);

    public Task DeleteAsync(int number) =>
        writer.ExecuteAsync(session =>
        {
            foreach (var delete in DistributionSql.Delete)
            {
                session.Prepare(delete).Bind(number).Run();
            }

            return true;
        });

    public Task<IReadOnlyList<DistributionRow>> InStatusAsync(int? project, params string[] statuses) =>
        readers.ListAsync<IReadOnlyList<DistributionRow>>(session =>
        {
            var filter = new SqlFilter().AndOneOf("status", statuses);
            if (project is { } number)
            {
                filter.And("project = ?", number);
            }

            return filter.Prepare(session, DistributionSql.Select, " ORDER BY number").ReadAll(DistributionSql.Row);
        });

    public Task<string?> FindIdAsync(int number) =>
        readers.PointAsync(session => session.Prepare(DistributionSql.IdOf).Bind(number).ReadText());

    public Task<DistributionRow?> FindAsync(int project, string id) =>
        readers.PointAsync(session => session.Prepare(DistributionSql.Find).Bind(project).Bind(id).ReadFirst(DistributionSql.Row));

    public Task<Page<DistributionRow>> ListAsync(int project, DistributionListQuery query, CancellationToken cancellation) =>
        readers.ListAsync(session => DistributionList.Read(session, project, query, cancellation), cancellation);

    public Task<IReadOnlyDictionary<string, MessageCounts>> CountsAsync(int number) =>
        readers.PointAsync<IReadOnlyDictionary<string, MessageCounts>>(session =>
            session.Prepare(DistributionSql.Counts).Bind(number).ReadAll(static row => (Channel: row.Text(0), Counts: CountsOf(row)))
                .ToDictionary(static counts => counts.Channel, static counts => counts.Counts, StringComparer.Ordinal));

    public Task<IReadOnlyList<AnalyticsPoint>> SeriesAsync(int number, AnalyticsQuery query, CancellationToken cancellation) =>
        readers.ListAsync<IReadOnlyList<AnalyticsPoint>>(session => DistributionSeries.Read(session, number, query, cancellation), cancellation);

    public Task<Page<Message>> MessagesAsync(int number, MessageListQuery query, CancellationToken cancellation) =>
        readers.ListAsync(session => MessageList.Read(session, number, query, cancellation), cancellation);

    public Task LogAsync(int number, string type, DateTimeOffset at, string? detail)
    {
        var entry = numbers.Next(NumberSequence.Log);
        return writer.ExecuteAsync(session =>
            session.Prepare(DistributionSql.Log).Bind(number).Bind(entry).Bind(type).Bind(at.ToStored()).Bind(detail).Run());
    }

    public Task<Page<DistributionEvent>> ActivityAsync(int number, ActivityQuery query, CancellationToken cancellation) =>
        readers.ListAsync(session => DistributionActivity.Read(session, number, query, cancellation), cancellation);

    private static MessageCounts CountsOf(SqliteStatement row) => new()
    {
        Audience = row.Number(1),
        Queued = row.Number(2),
        Retrying = row.Number(3),
        Sending = row.Number(4),
        Sent = row.Number(5),
        Failed = row.Number(6),
        Skipped = row.Number(7),
        Canceled = row.Number(8),
        Recovered = row.Number(9),
        Uncertain = row.Number(10),
    };
}
