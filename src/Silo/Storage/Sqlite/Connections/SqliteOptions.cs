namespace Marketing.Storage.Sqlite;

/// <summary>One database file and how its connections behave.</summary>
internal sealed record SqliteOptions(string DatabaseFile)
{
    /// <summary>Full: an answer that was given must survive a power cut.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>Page cache of one connection.</summary>
    public int CacheKibibytes { get; init; } = 8 * 1024;

    /// <summary>How much of the file is read through memory mapping; 0 maps nothing.</summary>
    public long MemoryMapBytes { get; init; }

    /// <summary>Connections that refuse to write. They do not create the file either.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// How many connections may be open at once; a caller beyond that waits in line without holding a thread. 0 is no limit.
    /// A caller that holds a connection of a limited source must not open another one from it.
    /// </summary>
    public int MaxOpenConnections { get; init; }
}
