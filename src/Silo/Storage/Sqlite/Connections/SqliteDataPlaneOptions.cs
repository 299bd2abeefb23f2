namespace Marketing.Storage.Sqlite;

/// <summary>The data plane's database file and what its connections may use.</summary>
internal sealed record SqliteDataPlaneOptions(string DatabaseFile)
{
    /// <summary>Page cache of the write connection: the upper levels of all indexes and the hot leaves.</summary>
    public int WriterCacheKibibytes { get; init; } = 24 * 1024;

    /// <summary>Page cache of each read connection.</summary>
    public int ReaderCacheKibibytes { get; init; } = 8 * 1024;

    /// <summary>Connections for single rows.</summary>
    public int PointReaders { get; init; } = 4;

    /// <summary>Connections for lists, so that a slow one never holds up a single row.</summary>
    public int ListReaders { get; init; } = 3;

    /// <summary>How much may wait for the writer before callers wait to get in line.</summary>
    public int MostWaiting { get; init; } = 4096;

    /// <summary>How long the writer waits for a lock another process holds on the file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public SqliteOptions Writing => new(DatabaseFile) { CacheKibibytes = WriterCacheKibibytes };

    public SqliteOptions Reading => new(DatabaseFile) { CacheKibibytes = ReaderCacheKibibytes, ReadOnly = true };
}
