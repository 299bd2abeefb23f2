using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Storage.Sqlite;

/// <summary>Pooled connections to one database file, each with the settings of <see cref="SqliteOptions"/> once it is open.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    /// <summary>The key of that of the control plane; the data plane's has none.</summary>
    public const string ControlPlane = "control-plane";

    // The pool hands out the same native handles again, and they keep their settings. Pools are shared by all sources with the
    // same connection string, so what is remembered is not only that a handle was prepared but how.
    private static readonly ConditionalWeakTable<sqlite3, SqliteOptions> Prepared = [];

    private readonly SqliteOptions _options;
    private readonly string _pragmas;
    private volatile bool _writesAhead;
    private volatile bool _exists;

    public SqliteDataSource(SqliteOptions options)
    {
        _options = options;
        _writesAhead = _exists = options.ReadOnly;
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
        Line = options.MaxOpenConnections > 0 ? new SemaphoreSlim(options.MaxOpenConnections) : null;
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(options.DatabaseFile),
            Mode = options.ReadOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
            Pooling = true,
        }.ToString();
    }

    public override string ConnectionString { get; }

    /// <summary>Has a place for every connection that may be open; null when there is no limit.</summary>
    internal SemaphoreSlim? Line { get; }

    protected override DbConnection CreateDbConnection()
    {
        if (!_exists)
        {
            CreateFile();
            _exists = true;
        }

        return new SqliteSourceConnection(this);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EmptyPool();
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        EmptyPool();
        return base.DisposeAsyncCore();
    }

    internal void Prepare(SqliteConnection connection)
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

    // Not by SQLite, which would let others read it. Its log and index get the rights of the file.
    private void CreateFile()
    {
        if (!File.Exists(_options.DatabaseFile))
        {
            using var empty = OwnerOnly.OpenWrite(_options.DatabaseFile, FileMode.OpenOrCreate, FileShare.ReadWrite);
        }
    }

    private void EmptyPool()
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
