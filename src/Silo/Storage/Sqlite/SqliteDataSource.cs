using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// Opened, pooled connections to one database file. Take them with <see cref="DbDataSource.OpenConnectionAsync"/>: a connection
/// that is created here and opened elsewhere has none of the settings.
/// </summary>
internal sealed class SqliteDataSource : DbDataSource
{
    // The pool hands out the same native handles again, and they keep their settings. Pools are shared by all sources with the
    // same connection string, so what is remembered is not only that a handle was prepared but how.
    private static readonly ConditionalWeakTable<sqlite3, SqliteOptions> Prepared = [];

    private readonly SqliteOptions _options;
    private readonly SemaphoreSlim? _line;
    private readonly string _pragmas;
    private volatile bool _writesAhead;

    public SqliteDataSource(SqliteOptions options)
    {
        _options = options;
        _line = options.MaxOpenConnections > 0 ? new SemaphoreSlim(options.MaxOpenConnections) : null;
        _writesAhead = options.ReadOnly;
        _pragmas =
            $"""
             PRAGMA busy_timeout = 5000;
             PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA synchronous = {(int)options.Synchronous};
             PRAGMA cache_size = {-options.CacheKibibytes};
             PRAGMA mmap_size = {options.MemoryMapBytes};
             PRAGMA query_only = {(options.ReadOnly ? "ON" : "OFF")};
             """;
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(options.DatabaseFile),
            Mode = options.ReadOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
            Pooling = true,
        }.ToString();
    }

    public override string ConnectionString { get; }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection()
    {
        _line?.Wait();
        return OpenInTurn();
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        // SQLite does no asynchronous I/O. A caller that does not insist on its own context, as Orleans' providers do not,
        // continues on the pool thread the connection was opened on, so the disk does not hold up a grain's turn.
        return new ValueTask<DbConnection>(Task.Run<DbConnection>(
            async () =>
            {
                if (_line is not null)
                {
                    await _line.WaitAsync(cancellationToken);
                }

                return OpenInTurn();
            },
            cancellationToken));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Close();
        return base.DisposeAsyncCore();
    }

    private SqliteConnection OpenInTurn()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            Prepare(connection);
        }
        catch
        {
            connection.Dispose();
            _line?.Release();
            throw;
        }

        if (_line is not null)
        {
            connection.StateChange += LeaveTheLine;
        }

        return connection;
    }

    private void LeaveTheLine(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Closed)
        {
            // Unhooked first, so that closing twice, or opening the connection again by hand, cannot free a second place.
            ((SqliteConnection)sender).StateChange -= LeaveTheLine;
            _line!.Release();
        }
    }

    private void Prepare(SqliteConnection connection)
    {
        if (!Prepared.TryGetValue(connection.Handle!, out var options) || options != _options)
        {
            Execute(connection, _pragmas);
            Prepared.AddOrUpdate(connection.Handle!, _options);
        }

        if (!_writesAhead)
        {
            // The mode is a property of the file, so once is enough. SQLite does not fail where it cannot (a network share),
            // it keeps the old mode, in which readers and the writer block each other.
            if (Execute(connection, "PRAGMA journal_mode = WAL;") is not "wal")
            {
                throw new InvalidOperationException($"Database file '{_options.DatabaseFile}' does not support write-ahead logging.");
            }

            _writesAhead = true;
        }
    }

    private void Close()
    {
        // Otherwise the idle connections of the pool keep the file open after its last user is gone.
        using var pool = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(pool);
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
