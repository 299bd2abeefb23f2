using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// A prepared statement that is used again and again by one thread at a time. Parameters are bound in order; a row costs no
/// allocation beyond what is read from it. ADO.NET commands would allocate and box several times per row.
/// </summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IRow, IDisposable
{
    private const int OnStack = 512;

    private int _bound;
    private bool _running;

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(statement, ++_bound, string.Empty));
            return this;
        }

        byte[]? rented = null;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = most <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(value, buffer);
        Check(raw.sqlite3_bind_text(statement, ++_bound, buffer[..length]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    public SqliteStatement Bind(byte[]? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        Check(value.Length == 0 ? raw.sqlite3_bind_zeroblob(statement, ++_bound, 0) : raw.sqlite3_bind_blob(statement, ++_bound, value));
        return this;
    }

    /// <summary>Runs a change to its end; returns how many rows it changed.</summary>
    public int Run()
    {
        while (Read())
        {
        }

        return raw.sqlite3_changes(database);
    }

    /// <summary>Goes to the next row; false, and ready to be bound again, when there is none left.</summary>
    public bool Read()
    {
        _running = true;
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            // Taken before the reset, which clears it.
            var failure = new SqliteFailure(raw.sqlite3_extended_errcode(database), raw.sqlite3_errmsg(database).utf8_to_string());
            Reset();
            throw failure;
        }

        Reset();
        return false;
    }

    /// <summary>All rows, asked between any two whether they are still wanted.</summary>
    public List<T> ReadAll<T>(Func<SqliteStatement, T> row, CancellationToken cancellation = default)
    {
        var rows = new List<T>();
        try
        {
            while (Read())
            {
                cancellation.ThrowIfCancellationRequested();
                rows.Add(row(this));
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public T? ReadFirst<T>(Func<SqliteStatement, T> row)
    {
        try
        {
            return Read() ? row(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the first row; null when there is no row or no value.</summary>
    public long? ReadNumber() => ReadFirst(static row => row.NumberOrNull(0));

    /// <summary>The first column of the first row; null when there is no row or no value.</summary>
    public string? ReadText() => ReadFirst(static row => row.TextOrNull(0));

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public int Int(int column) => (int)Number(column);

    public bool Flag(int column) => Number(column) != 0;

    public DateTimeOffset Instant(int column) => Number(column).ToInstant();

    public DateTimeOffset? InstantOrNull(int column) => NumberOrNull(column).ToInstant();

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column);

    /// <summary>Whether a text column holds this value, without making a string of it.</summary>
    public bool Holds(int column, string? value)
    {
        if (value is null || IsNull(column))
        {
            return value is null && IsNull(column);
        }

        var stored = raw.sqlite3_column_blob(statement, column);
        if (stored.Length < value.Length || value.Length > OnStack)
        {
            return stored.Length >= value.Length && value == Text(column);
        }

        Span<byte> buffer = stackalloc byte[3 * OnStack];
        return stored.SequenceEqual(buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
    }

    /// <summary>Ends a read before its last row. A statement left open would keep the write-ahead log from being used again.</summary>
    public void Reset()
    {
        _bound = 0;
        if (_running)
        {
            _running = false;
            _ = raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(statement, ++_bound));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            _bound = 0;
            throw new SqliteFailure(code, raw.sqlite3_errmsg(database).utf8_to_string());
        }
    }
}
