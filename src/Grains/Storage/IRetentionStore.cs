namespace Marketing.Storage;

/// <summary>Deletes what is old, in parts that are small enough for nobody to wait for.</summary>
internal interface IRetentionStore
{
    /// <summary>Deletes idempotency keys from before; returns how many.</summary>
    Task<int> DeleteOperationsAsync(DateTimeOffset before, int limit);

    /// <summary>Rows of declared tables that had expired by then (<see cref="Table.Expires"/>), as what removes them in a commit of their project.</summary>
    Task<IReadOnlyList<(int Project, RowWrite Removal)>> ExpiredRowsAsync(DateTimeOffset now, int limit);

    /// <summary>Distributions with messages that were finished before, or with addresses that were written to and no message any more.</summary>
    Task<IReadOnlyList<int>> DistributionsWithMessagesAsync(DateTimeOffset before);

    /// <summary>
    /// Deletes messages that were finished before, with what says in which order that was, and after the last one the addresses that were written to; returns
    /// how many rows, 0 when nothing is left. What is counted of them stays counted.
    /// </summary>
    Task<int> DeleteMessagesAsync(int distribution, DateTimeOffset before, int limit);

    /// <summary>
    /// Looks at the next entries of activity by number and deletes those from before, except for those that brought messages that are not sent yet or
    /// may be sent again: these are rendered with them.
    /// </summary>
    Task<ActivityPart> DeleteActivityAsync(long after, DateTimeOffset before, int limit);
}

/// <summary>Some entries of activity.</summary>
/// <param name="Last">The number of the last one; null when there were none.</param>
/// <param name="Old">How many were from before.</param>
internal readonly record struct ActivityPart(long? Last, long Old);
