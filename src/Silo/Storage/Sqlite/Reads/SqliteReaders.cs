namespace Marketing.Storage.Sqlite;

/// <summary>
/// Read-only connections. In write-ahead mode readers and the writer do not wait for each other, and each statement sees
/// everything that was durable when it started.
/// </summary>
internal sealed class SqliteReaders(SqliteDataPlaneOptions options) : IDisposable
{
    private readonly SqliteDataSource _source = new(options.Reading);
    private readonly SessionPool _points = new(options.PointReaders);
    private readonly SessionPool _lists = new(options.ListReaders);

    public SqliteSession Open() => new(_source);

    /// <summary>Reads a row or a few on the caller's thread: some microseconds, less than a change of thread.</summary>
    public Task<T> PointAsync<T>(Func<SqliteSession, T> read) => _points.UseAsync(Open, read, CancellationToken.None);

    /// <summary>Reads what may take longer on a pool thread, over connections of its own.</summary>
    public Task<T> ListAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation = default) =>
        Task.Run(() => _lists.UseAsync(Open, read, cancellation), cancellation);

    public void Dispose()
    {
        _points.Dispose();
        _lists.Dispose();
        _source.Dispose();
    }
}
