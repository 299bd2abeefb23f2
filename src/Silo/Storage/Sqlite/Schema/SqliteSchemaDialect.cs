using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Marketing.Storage.Sqlite;

/// <summary>SQLite has one writer at a time, so taking the write lock first is the lock between upgraders.</summary>
internal sealed class SqliteSchemaDialect : ISchemaDialect
{
    /// <summary>The folder of this engine's scripts.</summary>
    public const string Engine = "Sqlite";

    public string CreateVersionTable =>
        """
        CREATE TABLE IF NOT EXISTS schema_versions
        (
            version    INTEGER NOT NULL PRIMARY KEY,
            name       TEXT    NOT NULL,
            applied_at TEXT    NOT NULL
        );
        """;

    public string NameOf(DbConnection connection) => Path.GetFileName(connection.DataSource);

    public Task<DbTransaction> BeginLockedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // Not deferred is BEGIN IMMEDIATE. A deferred transaction would first read, and then be refused the write lock
        // when another process had written in between.
        DbTransaction transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        return Task.FromResult(transaction);
    }
}
