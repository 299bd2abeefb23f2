using SQLitePCL;

namespace Marketing.Storage.Sqlite;

/// <summary>A statement that SQLite refused, with SQLite's own code.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>
    /// Whether the database was away rather than the statement wrong: nothing is known of the transaction, and asking again may help.
    /// </summary>
    public bool Unavailable => (Code & 0xFF) is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY
        or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM;

    /// <summary>What was to be written is no value of its column, or too long for a row.</summary>
    public bool RefusedContent => (Code & 0xFF) is raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH;

    /// <summary>Somebody else had the write lock for too long; the connection itself is well.</summary>
    public bool Busy => (Code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
}
