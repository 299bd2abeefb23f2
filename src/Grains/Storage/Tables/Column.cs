namespace Marketing.Storage;

/// <summary>How a value is stored. Instants are numbers: milliseconds since 1970.</summary>
internal enum ColumnKind
{
    Text,
    Number,
    Blob,
}

/// <summary>A column of a <see cref="Table"/> beside those that every table has.</summary>
internal abstract class Column(string name, ColumnKind kind)
{
    public string Name => name;

    public ColumnKind Kind => kind;

    /// <summary>Where it stands among the columns that are read; set by its table.</summary>
    public int Position { get; set; }

    public virtual string? TextOf(ITableRow row) => throw NotStoredSo();

    public virtual long? NumberOf(ITableRow row) => throw NotStoredSo();

    public virtual byte[]? BlobOf(ITableRow row) => throw NotStoredSo();

    /// <inheritdoc/>
    public override string ToString() => name;

    private InvalidOperationException NotStoredSo() => new($"Column {name} holds {kind}.");
}

/// <summary>Columns of the rows of one type: how each value is got from a row.</summary>
internal static class Column<TRow>
    where TRow : class, ITableRow
{
    public static Column Text(string name, Func<TRow, string?> value) => new OfText(name, value);

    public static Column Number(string name, Func<TRow, long?> value) => new OfNumber(name, value);

    public static Column Instant(string name, Func<TRow, DateTimeOffset?> value) => new OfNumber(name, row => value(row)?.ToUnixTimeMilliseconds());

    public static Column Blob(string name, Func<TRow, byte[]?> value) => new OfBlob(name, value);

    private sealed class OfText(string name, Func<TRow, string?> value) : Column(name, ColumnKind.Text)
    {
        public override string? TextOf(ITableRow row) => value((TRow)row);
    }

    private sealed class OfNumber(string name, Func<TRow, long?> value) : Column(name, ColumnKind.Number)
    {
        public override long? NumberOf(ITableRow row) => value((TRow)row);
    }

    private sealed class OfBlob(string name, Func<TRow, byte[]?> value) : Column(name, ColumnKind.Blob)
    {
        public override byte[]? BlobOf(ITableRow row) => value((TRow)row);
    }
}
