namespace Marketing.Storage;

/// <summary>
/// A table of the data plane, declared once beside its feature; both engines compose their constant statements from it. Every table has <c>no</c>,
/// <c>project</c>, <c>id</c> (unique in the project) and <c>version</c>; the rest are <see cref="Columns"/>. The schema scripts create it.
/// </summary>
internal abstract class Table(string name)
{
    private readonly Column[] _columns = [];

    public string Name => name;

    /// <summary>Where the numbers of its rows come from.</summary>
    public NumberSequence Numbers { get; } = new(name);

    /// <summary>The columns beside those that every table has, in the order they are read.</summary>
    public required IReadOnlyList<Column> Columns
    {
        get => _columns;
        init
        {
            _columns = [.. value];
            for (var position = 0; position < _columns.Length; position++)
            {
                _columns[position].Position = position;
            }
        }
    }

    /// <summary>Columns of text of which no two rows of a project share a value. Each has a unique index with the project.</summary>
    public IReadOnlyList<Column> Unique { get; init; } = [];

    /// <summary>The number of the customer it belongs to, and is erased with; null for what outlives everybody.</summary>
    public Column? Owner { get; init; }

    /// <summary>Numbers by which rows are found that belong together, few at a time. Each has an index (<see cref="IndexOf"/>) with the row's number after it.</summary>
    public IReadOnlyList<Column> Groups { get; init; } = [];

    /// <summary>
    /// Numbers by which rows are listed that may be very many. Each has an index (<see cref="SortedIndexOf"/>) with the project before it and the first of <see cref="Orders"/> and the row's number after it, so that a
    /// list of one of them is read as it comes.
    /// </summary>
    public IReadOnlyList<Column> Sorted { get; init; } = [];

    /// <summary>What few of very many rows have, and is asked for: each has an index of those rows (<see cref="MarkIndexOf"/>) in the first of <see cref="Orders"/>.</summary>
    public IReadOnlyList<RowMark> Marks { get; init; } = [];

    /// <summary>
    /// One of the groups that rows may be without: those without it are read by the first of <see cref="Orders"/>. They have an index of their own (<see cref="WithoutIndex"/>), for there may be few of them
    /// among many. Null where nobody asks for them.
    /// </summary>
    public Column? Without { get; init; }

    /// <summary>
    /// The columns a list can be sorted by, the first by default and then descending. Each has an index (<see cref="IndexOf"/>) with the project before it and the number
    /// after it.
    /// </summary>
    public required IReadOnlyList<Column> Orders { get; init; }

    /// <summary>
    /// When a row is of no more use: retention removes it within the hour that follows. Null where rows stay. It has an index of its own. A table that belongs to customers has none.
    /// </summary>
    public Column? Expires { get; init; }

    /// <summary>Since when a row has work that is to be taken up after a crash; a row without has none. It has an index of its own. Null where rows never have any.</summary>
    public Column? Pending { get; init; }

    /// <summary>The name of the index of an order or a group: <c>orders_created</c> for <c>created_at</c> of <c>orders</c>.</summary>
    public string IndexOf(string column) => $"{name}_{(column.EndsWith("_at", StringComparison.Ordinal) ? column[..^3] : column)}";

    /// <summary>The name of the index of a column that very many rows may share: <c>vouchers_campaign_created</c>.</summary>
    public string SortedIndexOf(Column group) => $"{name}_{group}_{IndexOf(Orders[0].Name)[(name.Length + 1)..]}";

    /// <summary>The name of the index of rows that have a mark: <c>redemptions_failed</c>.</summary>
    public string MarkIndexOf(RowMark mark) => $"{name}_{mark.Name}";

    /// <summary>The name of the index of rows without a group: <c>vouchers_without_campaign</c>.</summary>
    public string WithoutIndex => $"{name}_without_{Without}";
}

/// <inheritdoc/>
/// <param name="name">Of the table.</param>
/// <param name="read">Makes a row of what is stored.</param>
internal sealed class Table<TRow>(string name, Func<StoredRow, TRow> read) : Table(name)
    where TRow : class, ITableRow
{
    public TRow Read(IRow row) => read(new StoredRow(row));

    /// <summary>Writes the row where it is still at its version, or still missing where that is 0.</summary>
    public RowWrite Save(TRow row) => new(this, row, Deletes: false);

    /// <summary>Removes the row where it is still at its version.</summary>
    public RowWrite Delete(TRow row) => new(this, row, Deletes: true);
}

/// <summary>A row as it comes from the database, read by its columns.</summary>
internal readonly struct StoredRow(IRow row)
{
    // What every table has stands before its own.
    private const int First = 3;

    public long Number => row.Number(0);

    public string Id => row.Text(1);

    public long Version => row.Number(2);

    public string Text(Column column) => row.Text(First + column.Position);

    public string? TextOrNull(Column column) => row.TextOrNull(First + column.Position);

    public long Count(Column column) => row.Number(First + column.Position);

    public long? CountOrNull(Column column) => row.NumberOrNull(First + column.Position);

    public DateTimeOffset Instant(Column column) => row.Instant(First + column.Position);

    public DateTimeOffset? InstantOrNull(Column column) => row.InstantOrNull(First + column.Position);

    public byte[] Blob(Column column) => row.Blob(First + column.Position);
}
