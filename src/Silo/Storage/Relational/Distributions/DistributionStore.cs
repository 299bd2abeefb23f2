using System.Text.Json;
using Marketing.Activity;
using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>Distributions as rows, and reads over their messages.</summary>
internal sealed class DistributionStore(ISqlDatabase database, INumbers numbers) : IDistributionStore
{
    public async Task<DistributionSave> SaveAsync(DistributionRow row, DistributionLogEntry? entry)
    {
        var logged = entry is null ? 0 : await numbers.NextAsync(NumberSequence.Log);
        return await database.WriteAsync(async session =>
        {
            if (await NameIsTakenAsync(session, row))
            {
                return DistributionSave.NameTaken;
            }

            if (await session.RunAsync(Save(row)) == 0)
            {
                return await NameIsTakenAsync(session, row) ? DistributionSave.NameTaken : DistributionSave.Overtaken;
            }

            if (entry is not null)
            {
                await session.RunAsync(new SqlQuery(DistributionSql.Log)
                    .Bind(row.Number).Bind(logged).Bind(entry.Type).Bind(entry.At.ToStored()).Bind(entry.Detail));
                await NewRows.InsertAsync(session, row.Project, entry.Also);
            }

            return DistributionSave.Saved;
        });
    }

    public Task<bool> NameIsFreeAsync(int project, int number, string name) =>
        database.PointAsync(async session => await session.NumberAsync(NameHolder(project, number, name)) is null);

    public Task DeleteAsync(int number) =>
        database.WriteAsync(async session =>
        {
            foreach (var delete in DistributionSql.Delete)
            {
                await session.RunAsync(new SqlQuery(delete).Bind(number));
            }

            return true;
        });

    public Task<IReadOnlyList<DistributionRow>> InStatusAsync(int project, params string[] statuses) =>
        database.ListAsync<IReadOnlyList<DistributionRow>>(async session => await session.AllAsync(
            new SqlFilter(session.Dialect).AndOneOf("status", statuses).And("project = ?", project).Query(DistributionSql.Select, " ORDER BY number"),
            DistributionSql.Row));

    public Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync(DateTimeOffset until, int shard, int shards) =>
        database.ListAsync<IReadOnlyList<(int, string)>>(async session => await session.AllAsync(
            new SqlQuery(DistributionSql.Unfinished).Bind(until.ToStored()).Bind(shards).Bind(shard), static row => (row.Int(0), row.Text(1))));

    public Task<string?> FindIdAsync(int number) => database.PointAsync(session => session.TextAsync(new SqlQuery(DistributionSql.IdOf).Bind(number)));

    public Task<DistributionRow?> FindAsync(int project, string id) =>
        database.PointAsync(session => session.FirstAsync(new SqlQuery(DistributionSql.Find).Bind(project).Bind(id), DistributionSql.Row));

    public Task<Page<DistributionRow>> ListAsync(int project, DistributionListQuery query, bool brief, CancellationToken cancellation) =>
        database.ListAsync(session => DistributionList.ReadAsync(session, project, query, brief ? DistributionSql.Brief : DistributionSql.Select, cancellation), cancellation);

    public Task<IReadOnlyList<DistributionRow>> ChangedAsync(int project, IReadOnlyList<string> ids, DateTimeOffset since, int limit, CancellationToken cancellation) =>
        database.ListAsync<IReadOnlyList<DistributionRow>>(
            async session =>
            {
                // One index each, and in its order.
                SqlQuery[] parts =
                [
                    Mine().AndOneOf("id", ids).Query(DistributionSql.Brief),
                    Mine().AndIf("updated_at >= ?", since).Query(DistributionSql.Brief, " ORDER BY updated_at DESC LIMIT ?").Bind(limit),
                    Mine().AndIf("created_at >= ?", since).Query(DistributionSql.Brief, " ORDER BY created_at DESC LIMIT ?").Bind(limit),
                ];
                var rows = new Dictionary<int, DistributionRow>();
                foreach (var part in parts)
                {
                    foreach (var row in await session.AllAsync(part, DistributionSql.Row, cancellation))
                    {
                        rows[row.Number] = row;
                    }
                }

                return [.. rows.Values.OrderByDescending(static row => row.Number)];

                SqlFilter Mine() => new SqlFilter(session.Dialect).And("project = ?", project).And("status <> ?", DistributionRowMapping.Deleted);
            },
            cancellation);

    public Task<string> PositionAsync() => database.PointAsync(async session =>
    {
        var before = (await CommitOrder.ReadAsync(session, 0)).Before;

        // By time behind whatever has the last position that is settled.
        return new EntryPosition(Math.Max(0, before - 1), new ActivityPosition(0xffff_ffff_ffff, true, long.MaxValue)).ToString();
    });

    public Task<IReadOnlyDictionary<string, MessageCounts>> CountsAsync(int number) =>
        database.PointAsync<IReadOnlyDictionary<string, MessageCounts>>(async session =>
            (await session.AllAsync(new SqlQuery(DistributionSql.Counts).Bind(number), static row => (Channel: row.Text(0), Counts: CountsOf(row))))
                .ToDictionary(static counts => counts.Channel, static counts => counts.Counts, StringComparer.Ordinal));

    public Task<IReadOnlyDictionary<int, MessageCounts>> CountsOfAsync(IReadOnlyList<int> numbers) =>
        database.ListAsync<IReadOnlyDictionary<int, MessageCounts>>(async session =>
            (await session.AllAsync(new SqlQuery(DistributionSql.CountsOf(session.Dialect)).Bind(JsonSerializer.Serialize(numbers)), static row => (Number: row.Int(0), Counts: CountsOf(row))))
                .ToDictionary(static counts => counts.Number, static counts => counts.Counts));

    public Task<IReadOnlyList<AnalyticsPoint>> SeriesAsync(int number, AnalyticsQuery query, CancellationToken cancellation) =>
        database.ListAsync<IReadOnlyList<AnalyticsPoint>>(
            async session => await DistributionSeries.ReadAsync(session, number, query, cancellation), cancellation);

    public Task<Page<Message>> MessagesAsync(int number, MessageListQuery query, CancellationToken cancellation) =>
        database.ListAsync(session => MessageList.ReadAsync(session, number, query, cancellation), cancellation);

    public Task<Page<DistributionEvent>> ActivityAsync(int number, ActivityQuery query, CancellationToken cancellation) =>
        database.ListAsync(session => DistributionActivity.ReadAsync(session, number, query, cancellation), cancellation);

    private static SqlQuery Save(DistributionRow row)
    {
        var query = new SqlQuery(row.Revision == 0 ? DistributionSql.Insert : DistributionSql.Update)
            .Bind(row.Name).Bind(row.Type).Bind(row.Status).Bind(row.TriggerType).Bind(DistributionSql.Join(row.Channels)).Bind(row.Subject)
            .Bind(row.UpdatedAt.ToStored()).Bind(row.Document).Bind(row.State).Bind(row.Unfinished).Bind(row.WorkAt.ToStored())
            .Bind(row.Number).Bind(row.Revision).Bind(row.Summary);
        return row.Revision == 0 ? query.Bind(row.Project).Bind(row.Id).Bind(row.CreatedAt.ToStored()) : query;
    }

    private static async ValueTask<bool> NameIsTakenAsync(ISqlSession session, DistributionRow row) =>
        row.Name is { } name && await session.NumberAsync(NameHolder(row.Project, row.Number, name)) is not null;

    private static SqlQuery NameHolder(int project, int number, string name) =>
        new SqlQuery(DistributionSql.NameHolder).Bind(project).Bind(name).Bind(number);

    private static MessageCounts CountsOf(IRow row) => new()
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
