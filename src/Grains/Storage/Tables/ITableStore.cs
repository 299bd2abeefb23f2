namespace Marketing.Storage;

/// <summary>Reads of one table. Writes go through <see cref="ICommitter"/>.</summary>
internal interface ITableStore<TRow>
    where TRow : class, ITableRow
{
    Task<TRow?> FindAsync(int project, string id);

    /// <summary>The row that has a value in one of the table's unique columns.</summary>
    Task<TRow?> FindAsync(int project, Column unique, string value);

    /// <summary>Those of some ids that there are, in no order.</summary>
    Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<string> ids);

    /// <summary>A page of the project's rows.</summary>
    /// <param name="project">The project.</param>
    /// <param name="order">One of the table's orders, with a <c>-</c> before it to go down; anything else is the first, going down.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    Task<Page<TRow>> ListAsync(int project, string? order, int limit, int page, CancellationToken cancellation);
}
