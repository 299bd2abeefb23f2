using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>The row a reader stands on. Numbers may be stored in 32 bits.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : IRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Number(int column) => reader.GetInt64(column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public int Int(int column) => (int)Number(column);

    public bool Flag(int column) => Number(column) != 0;

    public DateTimeOffset Instant(int column) => Number(column).ToInstant();

    public DateTimeOffset? InstantOrNull(int column) => NumberOrNull(column).ToInstant();

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => reader.GetFieldValue<byte[]>(column);

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column);
}
