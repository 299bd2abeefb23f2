namespace Marketing.Storage;

/// <summary>The current row of a result, by column.</summary>
internal interface IRow
{
    bool IsNull(int column);

    long Number(int column);

    long? NumberOrNull(int column);

    int Int(int column);

    bool Flag(int column);

    DateTimeOffset Instant(int column);

    DateTimeOffset? InstantOrNull(int column);

    string Text(int column);

    string? TextOrNull(int column);

    byte[] Blob(int column);

    byte[]? BlobOrNull(int column);
}
