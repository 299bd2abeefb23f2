namespace Marketing.Storage.Sqlite;

/// <summary>Numbers reserved by the writer, in order with the commits.</summary>
internal sealed class SqliteNumbers(SqliteCommitter writer)
    : ReservedNumbers((sequence, count) => writer.ExecuteAsync(session => session.Reserve(sequence, count)));
