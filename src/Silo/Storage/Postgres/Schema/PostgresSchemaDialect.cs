using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>In PostgreSQL two sessions may both find a table missing and both create it, so upgraders take turns by an advisory lock.</summary>
internal sealed class PostgresSchemaDialect : ISchemaDialect
{
    /// <summary>The folder of this engine's scripts.</summary>
    public const string Engine = "Postgres";

    /// <summary>
    /// The advisory lock all upgraders of a database share, "distrib" in ASCII. It never changes: builds of different age
    /// must wait for one another too.
    /// </summary>
    public const long LockKey = 0x64_69_73_74_72_69_62;

    public string CreateVersionTable =>
        """
        CREATE TABLE IF NOT EXISTS schema_versions
        (
            version    integer     NOT NULL PRIMARY KEY,
            name       text        NOT NULL,
            applied_at timestamptz NOT NULL
        );
        """;

    public string NameOf(DbConnection connection) => connection.Database;

    public async Task<DbTransaction> BeginLockedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await ((NpgsqlConnection)connection).BeginTransactionAsync(cancellationToken);
        try
        {
            // Sent first and alone: what follows sees whatever the upgrader before it has committed. No limit on the wait,
            // because the one that holds the lock may be building an index on a large table.
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({LockKey})");
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
