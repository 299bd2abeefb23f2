using Marketing.Storage.Relational;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Storage.Sqlite;

/// <summary>One open connection with the statements that were prepared on it. Used by one thread at a time.</summary>
internal sealed class SqliteSession : ISqlSession, IDisposable
{
    // Lists are composed from fixed pieces, so there are some hundred different statements at most; this is only a backstop.
    private const int MostStatements = 500;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteSession(SqliteDataSource source)
    {
        try
        {
            _connection = (SqliteConnection)source.OpenConnection();
            _database = _connection.Handle!;
        }
        catch (SqliteException failure)
        {
            throw new SqliteFailure(failure.SqliteExtendedErrorCode, failure.Message);
        }
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>The statement for this text, ready to be bound; prepared the first time.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
        {
            statement.Reset();
            return statement;
        }

        if (_statements.Count >= MostStatements)
        {
            CloseStatements();
        }

        var code = raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared);
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteFailure(raw.sqlite3_extended_errcode(_database), raw.sqlite3_errmsg(_database).utf8_to_string());
        }

        statement = new SqliteStatement(_database, prepared);
        _statements.Add(sql, statement);
        return statement;
    }

    public SqlDialect Dialect => SqliteDialect.Instance;

    public ValueTask<List<T>> AllAsync<T>(SqlQuery query, Func<IRow, T> row, CancellationToken cancellation = default) =>
        new(Prepare(query).ReadAll(row, cancellation));

    public ValueTask<T?> FirstAsync<T>(SqlQuery query, Func<IRow, T> row) => new(Prepare(query).ReadFirst(row));

    public ValueTask<int> RunAsync(SqlQuery change) => new(Prepare(change).Run());

    public void Execute(string sql) => Prepare(sql).Run();

    /// <summary>Pages this connection wrote since the last time this was asked.</summary>
    public int TakePagesWritten()
    {
        _ = raw.sqlite3_db_status(_database, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    /// <summary>
    /// Copies what readers allow from the write-ahead log into the database file, without waiting for anybody. Returns how many pages
    /// are left in the log.
    /// </summary>
    public int Checkpoint()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_database, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var logged, out var copied);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            throw new SqliteFailure(code, raw.sqlite3_errmsg(_database).utf8_to_string());
        }

        return code == raw.SQLITE_OK ? logged - copied : int.MaxValue;
    }

    /// <summary>Ends whatever was left running, after a failure.</summary>
    public void ResetAll()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }

        if (InTransaction)
        {
            _ = raw.sqlite3_exec(_database, "ROLLBACK");
        }
    }

    public void Dispose()
    {
        ResetAll();
        CloseStatements();
        _connection.Dispose();
    }

    private SqliteStatement Prepare(SqlQuery query)
    {
        var statement = Prepare(query.Text);
        foreach (var value in query.Values)
        {
            _ = value switch
            {
                long number => statement.Bind(number),
                byte[] bytes => statement.Bind(bytes),
                _ => statement.Bind((string?)value),
            };
        }

        return statement;
    }

    private void CloseStatements()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
