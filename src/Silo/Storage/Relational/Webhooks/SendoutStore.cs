using Marketing.Webhooks;

namespace Marketing.Storage.Relational;

/// <summary>Sendouts by when they are due and by how old they are.</summary>
internal sealed class SendoutStore(ISqlDatabase database) : ISendoutStore
{
    // A column of a table is read by its place.
    private static readonly string Whole = Select("r.body");
    private static readonly string Brief = Select("substr(r.body, 1, 0)");
    private static readonly string BriefWithProject = $"SELECT r.no, r.id, r.version, {Columns("substr(r.body, 1, 0)")}, r.project FROM webhook_sendouts r";
    private static readonly int ProjectAt = 3 + SendoutTable.Sendouts.Columns.Count;

    public Task<IReadOnlyList<SendoutRow>> DueAsync(long webhook, DateTimeOffset now, int limit) => RowsAsync(
        new SqlQuery($"{Whole} WHERE r.webhook = ?1 AND r.due_at <= ?2 ORDER BY r.due_at, r.no LIMIT ?3").Bind(webhook).Bind(now.ToStored()).Bind(limit).OverIndexes());

    public async Task<DateTimeOffset?> NextDueAsync(long webhook) =>
        await database.PointAsync(session => session.NumberAsync(
            new SqlQuery("SELECT due_at FROM webhook_sendouts WHERE webhook = ?1 AND due_at IS NOT NULL ORDER BY due_at LIMIT 1").Bind(webhook).OverIndexes())) is { } due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : null;

    public Task<IReadOnlyList<(int Project, string Webhook)>> OwingAsync(DateTimeOffset until) =>
        database.ListAsync<IReadOnlyList<(int, string)>>(async session => await session.AllAsync(
            new SqlQuery(
                """
                SELECT w.project, w.id FROM webhooks w
                WHERE w.active = 1 AND (SELECT 1 FROM webhook_sendouts s WHERE s.webhook = w.no AND s.due_at <= ?1 LIMIT 1) IS NOT NULL
                """).Bind(until.ToStored()),
            static row => (row.Int(0), row.Text(1))));

    public Task<Page<SendoutRow>> ListAsync(long webhook, SendoutQuery query, CancellationToken cancellation) =>
        database.ListAsync(
            async session =>
            {
                var filter = new SqlFilter(session.Dialect).And("r.webhook = ?", webhook).AndIf("r.status = ?", query.Status).AndIf("r.type = ?", query.Type)
                    .AndWithin("r.created_at", query.Between);
                var total = await session.NumberAsync(filter.Query("SELECT count(*) FROM (SELECT 1 AS one FROM webhook_sendouts r", " LIMIT ?) f").Bind(Pages.Counted + 1)) ?? 0;
                var rows = filter.Query(Brief, " ORDER BY r.no DESC LIMIT ? OFFSET ?").OverIndexes().Bind(query.Limit + 1).Bind((long)query.Limit * (Math.Max(query.Page, 1) - 1));
                return Pages.Cut(await session.AllAsync(rows, SendoutTable.Sendouts.Read, cancellation), query.Limit) with
                {
                    Total = Math.Min(total, Pages.Counted),
                    TotalIsMinimum = total > Pages.Counted,
                };
            },
            cancellation);

    public Task<IReadOnlyList<SendoutRow>> FinishedAsync(long webhook, DateTimeOffset since, bool all, long after, int limit) => RowsAsync(
        new SqlQuery($"{Whole} WHERE r.webhook = ?1 AND r.no > ?2 AND r.created_at >= ?3 AND r.due_at IS NULL{(all ? "" : " AND r.status = 'failed'")} ORDER BY r.no LIMIT ?4")
            .Bind(webhook).Bind(after).Bind(since.ToStored()).Bind(limit).OverIndexes());

    public Task<IReadOnlyList<SendoutRow>> SomeAsync(long webhook, int limit) =>
        RowsAsync(new SqlQuery($"{Brief} WHERE r.webhook = ?1 ORDER BY r.no LIMIT ?2").Bind(webhook).Bind(limit).OverIndexes());

    public Task<IReadOnlyList<(int Project, SendoutRow Row)>> OldAsync(DateTimeOffset before, int limit) =>
        database.ListAsync<IReadOnlyList<(int, SendoutRow)>>(async session => await session.AllAsync(
            new SqlQuery($"{BriefWithProject} WHERE r.created_at < ?1 ORDER BY r.created_at LIMIT ?2").Bind(before.ToStored()).Bind(limit).OverIndexes(),
            static row => (row.Int(ProjectAt), SendoutTable.Sendouts.Read(row))));

    private Task<IReadOnlyList<SendoutRow>> RowsAsync(SqlQuery query) =>
        database.ListAsync<IReadOnlyList<SendoutRow>>(async session => await session.AllAsync(query, SendoutTable.Sendouts.Read));

    private static string Select(string body) => $"SELECT r.no, r.id, r.version, {Columns(body)} FROM webhook_sendouts r";

    private static string Columns(string body) => string.Join(", ", SendoutTable.Sendouts.Columns.Select(column => column.Name == "body" ? body : $"r.{column}"));
}
