namespace Marketing.AsyncActions;

/// <summary>Background jobs with their payload and progress.</summary>
internal interface IAsyncActionStore
{
    /// <summary>Stores a new job; false when the id exists.</summary>
    Task<bool> AddAsync(AsyncActionRow row, byte[] payload);

    Task<AsyncActionRow?> FindAsync(int project, string id);

    Task<byte[]?> PayloadAsync(int project, string id);

    /// <summary>
    /// Writes progress or the end; a finished job loses its payload. False when the job is not at the row any more at which this part of it began, or has ended: somebody else
    /// works on it, and nothing of that is undone.
    /// </summary>
    Task<bool> SaveAsync(AsyncActionRow row, long begunAt);

    /// <summary>The rows that are durable and not counted in the result yet, and whether each created something; otherwise it changed something.</summary>
    Task<IReadOnlyDictionary<long, bool>> DurableRowsAsync(int project, string id);

    Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync();

    Task<Page<AsyncActionRow>> ListAsync(int project, int limit, DateTimeOffset? end, CancellationToken cancellation);
}

/// <summary>A stored job.</summary>
internal sealed record AsyncActionRow
{
    public required int Project { get; init; }

    public required string Id { get; init; }

    /// <summary>The kind of job.</summary>
    public required string Type { get; init; }

    public required string Status { get; init; }

    /// <summary>How many rows of the payload are done.</summary>
    public long Cursor { get; init; }

    public long Total { get; init; }

    public long ProcessingMilliseconds { get; init; }

    public string? Fingerprint { get; init; }

    public string? RequestId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public byte[]? Result { get; init; }

    /// <summary>How a file is to be read; null for the default.</summary>
    public ImportOptions? Options { get; init; }
}
