namespace Marketing.Storage.Relational;

/// <summary>What requests with an idempotency key did.</summary>
internal sealed class OperationStore(ISqlDatabase database) : IOperationStore
{
    private const string Find = "SELECT key, fingerprint, result, created_at FROM operations WHERE project = ?1 AND key = ?2";

    public Task<OperationWrite?> FindAsync(int project, string key) =>
        database.PointAsync(session => session.FirstAsync(
            new SqlQuery(Find).Bind(project).Bind(key),
            static row => new OperationWrite(row.Text(0), row.Text(1), row.BlobOrNull(2), row.Instant(3))));
}
