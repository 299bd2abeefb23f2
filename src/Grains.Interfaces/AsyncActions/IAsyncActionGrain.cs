namespace Marketing.AsyncActions;

/// <summary>One background job, durable before it is answered, resumed after a crash. Keyed by project and job id.</summary>
[Alias("async-action"), GrainInterfaceType("async-action")]
public interface IAsyncActionGrain : IGrainWithStringKey
{
    /// <summary>Stores the job and starts it. Repeating it with the same id changes nothing; false when the id was used with another fingerprint.</summary>
    /// <param name="type">The kind of job: one of <see cref="AsyncActionTypes"/>, or as a feature names its own.</param>
    /// <param name="payload">The body as uploaded, at most 10 MB.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="options">How a file is to be read; null for the default, and for what is no file.</param>
    [Alias("start")]
    Task<bool> StartAsync(string type, byte[] payload, CommandContext context, ImportOptions? options = null);

    /// <summary>
    /// Stores the job as <see cref="StartAsync"/> does, without starting it: for a caller who has something else to write before, and then calls <see cref="ResumeAsync"/>. If that is never called, it is started by
    /// recovery, and has to find out whether there is anything to do.
    /// </summary>
    [Alias("store")]
    Task<bool> StoreAsync(string type, byte[] payload, CommandContext context, ImportOptions? options = null);

    /// <summary>The job, or null.</summary>
    [Alias("find")]
    Task<AsyncAction?> FindAsync();

    /// <summary>Goes on with an interrupted job. A hint; repeating it changes nothing.</summary>
    [Alias("resume"), Orleans.Concurrency.OneWay]
    Task ResumeAsync();
}

/// <summary>Reads over the background jobs of one project. Keyed by project number.</summary>
[Alias("async-action-queries"), GrainInterfaceType("async-action-queries")]
public interface IAsyncActionQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>Jobs created up to <paramref name="end"/>, newest first.</summary>
    [Alias("list")]
    Task<Page<AsyncAction>> ListAsync(int limit, DateTimeOffset? end, CancellationToken cancellation = default);
}

/// <summary>The kinds of jobs.</summary>
public static class AsyncActionTypes
{
    /// <summary>CSV of customers.</summary>
    public const string CustomersImport = "CUSTOMERS.IMPORT_CSV";

    /// <summary>JSON array of customers by source id.</summary>
    public const string CustomersBulkUpdate = "CUSTOMERS.BULK_UPDATE";

    /// <summary>The same metadata for many source ids.</summary>
    public const string CustomersMetadataUpdate = "CUSTOMERS.METADATA_UPDATE";

    /// <summary>JSON array of historical orders.</summary>
    public const string OrdersImport = "ORDERS.IMPORT";
}

/// <summary>A background job.</summary>
[GenerateSerializer, Immutable, Alias("async-action-view")]
public sealed record AsyncAction
{
    /// <summary><c>aa_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The kind of job.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary>
    /// <c>IN_PROGRESS</c>, <c>DONE</c> or <c>FAILED</c>: the payload as a whole is no good, or the job failed five times in a row without getting any
    /// further. What is durable by then stays; the result says up to which row. A job that waits for its turn is in progress too: clients ask again while
    /// they read this, and take anything else for the end.
    /// </summary>
    [Id(2)] public required string Status { get; init; }

    /// <summary><c>SUCCESS</c>, <c>FAILED</c> or, while it runs, <c>UNKNOWN</c>.</summary>
    [Id(3)] public string OperationStatus { get; init; } = "UNKNOWN";

    /// <summary>0..100.</summary>
    [Id(4)] public int Progress { get; init; }

    /// <summary>Milliseconds of work.</summary>
    [Id(5)] public long ProcessingTime { get; init; }

    /// <summary>The request that started it.</summary>
    [Id(6)] public string? RequestId { get; init; }

    /// <summary>The result as wire JSON: counts, refused rows and warnings.</summary>
    [Id(7)] public RawJson? Result { get; init; }

    /// <summary>When it was stored.</summary>
    [Id(8)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(9)] public DateTimeOffset? UpdatedAt { get; init; }
}
