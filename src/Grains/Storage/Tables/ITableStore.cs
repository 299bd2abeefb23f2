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

    /// <summary>Those that have one of some values in one of the table's unique columns, in no order.</summary>
    Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column unique, IReadOnlyCollection<string> values);

    /// <summary>Those of some numbers that there are, in no order.</summary>
    Task<IReadOnlyList<TRow>> FindManyAsync(int project, IReadOnlyCollection<long> numbers);

    /// <summary>Those whose column has one of some values, in order of their numbers.</summary>
    /// <param name="project">The project.</param>
    /// <param name="group">One of the table's groups.</param>
    /// <param name="values">Not too many: their rows come at once.</param>
    /// <param name="mostOfEach">The most rows of a value, those with the lowest numbers.</param>
    Task<IReadOnlyList<TRow>> FindManyAsync(int project, Column group, IReadOnlyCollection<long> values, int mostOfEach);

    /// <summary>The rows that have nothing in the table's <see cref="Table.Without"/>, the newest by the first of its orders first.</summary>
    /// <param name="project">The project.</param>
    /// <param name="limit">The most rows.</param>
    Task<IReadOnlyList<TRow>> NewestWithoutAsync(int project, int limit);

    /// <summary>How many rows have each of some values; a value that none has is missing.</summary>
    Task<IReadOnlyDictionary<long, long>> CountAsync(int project, Column group, IReadOnlyCollection<long> values);

    /// <summary>All rows of the project: of tables that have few.</summary>
    Task<IReadOnlyList<TRow>> AllAsync(int project);

    /// <summary>The next rows of a walk over all of the project's, by the first of the table's orders, which no row lacks: whoever goes on from page to page skips none.</summary>
    /// <param name="project">The project.</param>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <param name="limit">The most rows.</param>
    Task<IReadOnlyList<TRow>> WalkAsync(int project, TablePlace? after, int limit);

    /// <summary>The next rows of a list in its order, for whoever looks at more of them than are shown. Sorted by the first of the table's orders; the page does not matter.</summary>
    /// <param name="project">The project.</param>
    /// <param name="query">Which rows, and how many.</param>
    /// <param name="after">The last one that was read; null for the first ones.</param>
    /// <param name="cancellation">Whether they are still wanted.</param>
    Task<IReadOnlyList<TRow>> AfterAsync(int project, TableQuery query, TRow? after, CancellationToken cancellation);

    /// <summary>Those of all projects that have work, longest first.</summary>
    Task<IReadOnlyList<(int Project, string Id)>> PendingAsync(int limit);

    /// <summary>A page of the project's rows.</summary>
    Task<Page<TRow>> ListAsync(int project, TableQuery query, CancellationToken cancellation);
}

/// <summary>A place in the first of a table's orders.</summary>
/// <param name="Value">What the column holds there.</param>
/// <param name="Number">Of the row.</param>
internal readonly record struct TablePlace(long Value, long Number);

/// <summary>Which rows of a table to list.</summary>
/// <param name="Order">One of the table's orders, with a <c>-</c> before it to go down; anything else is the first, going down.</param>
/// <param name="Limit">The most rows.</param>
/// <param name="Page">From 1.</param>
internal sealed record TableQuery(string? Order, int Limit, int Page)
{
    /// <summary>By the first of the table's orders, or by <see cref="BetweenOf"/>.</summary>
    public TimeRange? Between { get; init; }

    /// <summary>Another of the table's orders that <see cref="Between"/> is about. A list is read as it comes where it is sorted by the same.</summary>
    public Column? BetweenOf { get; init; }

    /// <summary>Only those whose column, one of the table's groups or of those it is sorted within, has the value.</summary>
    public (Column Group, long Value)? Within { get; init; }

    /// <summary>Only those with a mark, one of the table's; not together with <see cref="Within"/>.</summary>
    public RowMark? Marked { get; init; }
}
