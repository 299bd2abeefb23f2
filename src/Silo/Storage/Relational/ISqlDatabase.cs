namespace Marketing.Storage.Relational;

/// <summary>Where the stores that do not depend on the engine read and write.</summary>
internal interface ISqlDatabase
{
    /// <summary>Whether a statement goes to another process, so that it costs more to ask than to be answered.</summary>
    bool HasRoundTrips { get; }

    /// <summary>Reads a row or a few.</summary>
    Task<T> PointAsync<T>(Func<ISqlSession, ValueTask<T>> read);

    /// <summary>Reads what may take longer, over connections that single rows do not wait for.</summary>
    Task<T> ListAsync<T>(Func<ISqlSession, ValueTask<T>> read, CancellationToken cancellation = default);

    /// <summary>Changes rows in one transaction. May be run again after a rollback and must not change anything but rows.</summary>
    /// <param name="write">What to do.</param>
    /// <param name="weight">About how many rows it touches.</param>
    Task<T> WriteAsync<T>(Func<ISqlSession, ValueTask<T>> write, int weight = 1);
}
