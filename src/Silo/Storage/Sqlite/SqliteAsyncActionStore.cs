namespace Marketing.Storage.Sqlite;

/// <summary>Background jobs, in SQLite.</summary>
internal sealed class SqliteAsyncActionStore(SqliteWriter writer, SqliteReaders readers) : IAsyncActionStore
{
    public Task<bool> AddAsync(AsyncActionRow row, byte[] payload) =>
        writer.ExecuteAsync(session => session.Prepare(Sql.Insert)
            .Bind(row.Project).Bind(row.Id).Bind(row.Type).Bind(row.Status).Bind(row.Cursor).Bind(row.Total).Bind(row.ProcessingMilliseconds)
            .Bind(row.Fingerprint).Bind(row.RequestId).Bind(row.CreatedAt.ToStored()).Bind(row.UpdatedAt.ToStored()).Bind(payload)
            .Bind(row.Result).Run() == 1);

    public Task<AsyncActionRow?> FindAsync(int project, string id) =>
        readers.PointAsync(session => session.Prepare(Sql.Find).Bind(project).Bind(id).ReadFirst(Row));

    public Task<byte[]?> PayloadAsync(int project, string id) =>
        readers.ListAsync(session => session.Prepare(Sql.Payload).Bind(project).Bind(id).ReadFirst(static row => row.BlobOrNull(0)));

    public Task SaveAsync(AsyncActionRow row) =>
        writer.ExecuteAsync(session => session.Prepare(Sql.Update)
            .Bind(row.Project).Bind(row.Id).Bind(row.Status).Bind(row.Cursor).Bind(row.Total).Bind(row.ProcessingMilliseconds)
            .Bind(row.UpdatedAt.ToStored()).Bind(row.Result).Run());

    public Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync() =>
        readers.ListAsync<IReadOnlyList<(int, string)>>(session =>
            session.Prepare(Sql.Unfinished).ReadAll(static row => (row.Int(0), row.Text(1))));

    public Task<Page<AsyncActionRow>> ListAsync(int project, int limit, DateTimeOffset? end, CancellationToken cancellation) =>
        readers.ListAsync(
            session => Pages.Cut(
                new SqlFilter().And("project = ?", project).AndIf("created_at <= ?", end)
                    .Prepare(session, Sql.Select, " ORDER BY created_at DESC, id DESC LIMIT ?").Bind(limit + 1).ReadAll(Row, cancellation),
                limit),
            cancellation);

    private static AsyncActionRow Row(SqliteStatement row) => new()
    {
        Project = row.Int(0),
        Id = row.Text(1),
        Type = row.Text(2),
        Status = row.Text(3),
        Cursor = row.Number(4),
        Total = row.Number(5),
        ProcessingMilliseconds = row.Number(6),
        Fingerprint = row.TextOrNull(7),
        RequestId = row.TextOrNull(8),
        CreatedAt = row.Instant(9),
        UpdatedAt = row.InstantOrNull(10),
        Result = row.BlobOrNull(11),
    };

    private static class Sql
    {
        public const string Select =
            """
            SELECT project, id, type, status, cursor, total, processing_ms, fingerprint, request_id, created_at, updated_at, result FROM async_actions
            """;

        public const string Find = Select + " WHERE project = ?1 AND id = ?2";

        public const string Payload = "SELECT payload FROM async_actions WHERE project = ?1 AND id = ?2";

        public const string Insert =
            """
            INSERT INTO async_actions
                (project, id, type, status, cursor, total, processing_ms, fingerprint, request_id, created_at, updated_at, payload, result)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING
            """;

        public const string Update =
            """
            UPDATE async_actions SET status = ?3, cursor = ?4, total = ?5, processing_ms = ?6, updated_at = ?7, result = ?8,
                payload = CASE WHEN ?3 IN ('DONE', 'FAILED') THEN NULL ELSE payload END
            WHERE project = ?1 AND id = ?2
            """;

        public const string Unfinished =
            "SELECT project, id FROM async_actions WHERE status IN ('ENQUEUED', 'IN_PROGRESS') ORDER BY project, created_at";
    }
}
