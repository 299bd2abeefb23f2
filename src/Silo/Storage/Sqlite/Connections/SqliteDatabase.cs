using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>The stores that do not depend on the engine, on SQLite: nothing here is waited for but a place in line.</summary>
internal sealed class SqliteDatabase(SqliteCommitter writer, SqliteReaders readers) : ISqlDatabase
{
    public bool HasRoundTrips => false;

    public Task<T> PointAsync<T>(Func<ISqlSession, ValueTask<T>> read) => readers.PointAsync(session => Done(read(session)));

    public Task<T> ListAsync<T>(Func<ISqlSession, ValueTask<T>> read, CancellationToken cancellation = default) =>
        readers.ListAsync(session => Done(read(session)), cancellation);

    public Task<T> WriteAsync<T>(Func<ISqlSession, ValueTask<T>> write, int weight = 1) =>
        writer.ExecuteAsync(session => Done(write(session.Shared)), weight);

    /// <summary>A session of SQLite has done its work when it returns, and so has everything that only awaits sessions.</summary>
    public static T Done<T>(ValueTask<T> work) => work.AsTask().GetAwaiter().GetResult();
}
