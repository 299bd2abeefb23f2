namespace Marketing.Storage;

/// <summary>A row that a commit writes or removes. Guards: it is at its version, and nobody else has one of its unique values.</summary>
internal sealed record RowWrite(Table Table, ITableRow Row, bool Deletes)
{
    public bool Inserts => !Deletes && Row.Version == 0;

    /// <summary>The customer it belongs to.</summary>
    public long? Owner => Table.Owner?.NumberOf(Row);
}
