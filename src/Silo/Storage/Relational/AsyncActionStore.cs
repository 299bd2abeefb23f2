using System.Text.Json;
using Marketing.AsyncActions;

namespace Marketing.Storage.Relational;

/// <summary>Background jobs.</summary>
internal sealed class AsyncActionStore(ISqlDatabase database) : IAsyncActionStore
{
    public Task<bool> AddAsync(AsyncActionRow row, byte[] payload) =>
        database.WriteAsync(async session => await session.RunAsync(new SqlQuery(Sql.Insert)
            .Bind(row.Project).Bind(row.Id).Bind(row.Type).Bind(row.Status).Bind(row.Cursor).Bind(row.Total).Bind(row.ProcessingMilliseconds)
            .Bind(row.Fingerprint).Bind(row.RequestId).Bind(row.CreatedAt.ToStored()).Bind(row.UpdatedAt.ToStored()).Bind(payload)
            .Bind(row.Result).Bind(row.Options is null ? null : JsonSerializer.Serialize(row.Options, WireJson.Options))) == 1);

    public Task<AsyncActionRow?> FindAsync(int project, string id) =>
        database.PointAsync(session => session.FirstAsync(new SqlQuery(Sql.Find).Bind(project).Bind(id), Row));

    public Task<byte[]?> PayloadAsync(int project, string id) =>
        database.ListAsync(session => session.FirstAsync(new SqlQuery(Sql.Payload).Bind(project).Bind(id), static row => row.BlobOrNull(0)));

    public Task<bool> SaveAsync(AsyncActionRow row, long begunAt) =>
        database.WriteAsync(async session =>
        {
            var saved = await session.RunAsync(new SqlQuery(Sql.Update)
                .Bind(row.Project).Bind(row.Id).Bind(row.Status).Bind(row.Cursor).Bind(row.Total).Bind(row.ProcessingMilliseconds)
                .Bind(row.UpdatedAt.ToStored()).Bind(row.Result).Bind(begunAt)) == 1;
            if (saved)
            {
                var counted = row.Status is "DONE" or "FAILED" ? long.MaxValue : row.Cursor;
                await session.RunAsync(new SqlQuery(Sql.DeleteCounted).Bind(row.Project).Bind(row.Id).Bind(counted));
            }

            return saved;
        });

    public async Task<IReadOnlyDictionary<long, bool>> DurableRowsAsync(int project, string id) =>
        ImportRows.Read(await database.PointAsync(session => session.AllAsync(new SqlQuery(Sql.DurableRows).Bind(project).Bind(id), static row => row.Text(0))));

    public Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync() =>
        database.ListAsync<IReadOnlyList<(int, string)>>(async session =>
            await session.AllAsync(new SqlQuery(Sql.Unfinished), static row => (row.Int(0), row.Text(1))));

    public Task<Page<AsyncActionRow>> ListAsync(int project, int limit, DateTimeOffset? end, CancellationToken cancellation) =>
        database.ListAsync(
            async session => Pages.Cut(
                await session.AllAsync(
                    new SqlFilter(session.Dialect).And("project = ?", project).AndIf("created_at <= ?", end)
                        .Query(Sql.Select, " ORDER BY created_at DESC, id DESC LIMIT ?").Bind(limit + 1),
                    Row, cancellation),
                limit),
            cancellation);

    private static AsyncActionRow Row(IRow row) => new()
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
        Options = row.TextOrNull(12) is { } options ? JsonSerializer.Deserialize<ImportOptions>(options, WireJson.Options) : null,
    };

    private static class Sql
    {
        public const string Select =
            """
            SELECT project, id, type, status, cursor, total, processing_ms, fingerprint, request_id, created_at, updated_at, result, options FROM async_actions
            """;

        public const string Find = Select + " WHERE project = ?1 AND id = ?2";

        public const string Payload = "SELECT payload FROM async_actions WHERE project = ?1 AND id = ?2";

        public const string Insert =
            """
            INSERT INTO async_actions
                (project, id, type, status, cursor, total, processing_ms, fingerprint, request_id, created_at, updated_at, payload, result, options)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING
            """;

        public const string Update =
            """
            UPDATE async_actions SET status = ?3, cursor = ?4, total = ?5, processing_ms = ?6, updated_at = ?7, result = ?8,
                payload = CASE WHEN ?3 IN ('DONE', 'FAILED') THEN NULL ELSE payload END
            WHERE project = ?1 AND id = ?2 AND status IN ('ENQUEUED', 'IN_PROGRESS') AND cursor = ?9
            """;

        public const string DeleteCounted = "DELETE FROM import_rows WHERE project = ?1 AND action = ?2 AND last <= ?3";

        public const string DurableRows = "SELECT rows FROM import_rows WHERE project = ?1 AND action = ?2";

        public const string Unfinished =
            "SELECT project, id FROM async_actions WHERE status IN ('ENQUEUED', 'IN_PROGRESS') ORDER BY project, created_at";
    }
}
