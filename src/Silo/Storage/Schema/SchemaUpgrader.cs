using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Marketing.Storage;

/// <summary>
/// Brings a database to the schema this build expects. Running it again changes nothing, and several processes may run it
/// at once: each script and its record are one transaction, taken under one lock.
/// </summary>
internal sealed partial class SchemaUpgrader(
    DbDataSource database, ISchemaDialect dialect, IReadOnlyList<SchemaScript> scripts, TimeProvider clock, ILogger<SchemaUpgrader> logger)
{
    public async Task UpgradeAsync(CancellationToken cancellationToken = default)
    {
        if (scripts.GroupBy(script => script.Version).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Schema scripts share a number: {string.Join(", ", twice)}.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await CreateVersionTableAsync(connection, cancellationToken);
        var applied = await ReadAppliedAsync(connection, cancellationToken);

        var fresh = new List<SchemaScript>();
        try
        {
            foreach (var script in scripts.OrderBy(script => script.Version))
            {
                if (applied.TryGetValue(script.Version, out var present))
                {
                    RequireSame(script, present.Name, present.Checksum);
                    if (present.Checksum is null)
                    {
                        // Applied by a build that kept none: from now on it must stay as it is.
                        await RecordChecksumAsync(connection, script, cancellationToken);
                    }
                }
                else if (await ApplyAsync(connection, script, cancellationToken))
                {
                    fresh.Add(script);
                }
            }
        }
        finally
        {
            // Also when a later one failed.
            if (fresh.Count > 0)
            {
                LogApplied(dialect.NameOf(connection), string.Join(", ", fresh));
            }
        }

        // Not refused: while silos are replaced one by one, an old one may restart after a new one has upgraded.
        var newest = applied.Keys.DefaultIfEmpty().Max();
        if (newest > scripts.Select(script => script.Version).DefaultIfEmpty().Max())
        {
            LogNewerThanThisBuild(newest);
        }
    }

    // False when another process was first.
    private async Task<bool> ApplyAsync(DbConnection connection, SchemaScript script, CancellationToken cancellationToken)
    {
        await using var transaction = await dialect.BeginLockedAsync(connection, cancellationToken);

        // Asked again under the lock: another process may have applied it since the list was read.
        if (await ReadNameAsync(transaction, script.Version, cancellationToken) is { } name)
        {
            RequireSame(script, name, checksum: null);
            return false;
        }

        try
        {
            await ExecuteAsync(transaction, script.Sql, cancellationToken);
            await RecordAsync(transaction, script, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbException failure)
        {
            throw new InvalidOperationException($"Schema script {script} failed and was rolled back: {failure.Message}", failure);
        }

        return true;
    }

    private async Task CreateVersionTableAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await dialect.BeginLockedAsync(connection, cancellationToken);
        await ExecuteAsync(transaction, dialect.CreateVersionTable, cancellationToken);
        await ExecuteAsync(transaction, "CREATE TABLE IF NOT EXISTS schema_checksums (version integer NOT NULL PRIMARY KEY, checksum text NOT NULL)", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task RecordAsync(DbTransaction transaction, SchemaScript script, CancellationToken cancellationToken)
    {
        await using var command = CommandIn(
            transaction, "INSERT INTO schema_versions (version, name, applied_at) VALUES (@version, @name, @applied_at)");
        Bind(command, "version", script.Version);
        Bind(command, "name", script.Name);
        Bind(command, "applied_at", clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
        await RecordChecksumAsync(transaction.Connection!, script, cancellationToken, transaction);
    }

    private static async Task RecordChecksumAsync(
        DbConnection connection, SchemaScript script, CancellationToken cancellationToken, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO schema_checksums (version, checksum) VALUES (@version, @checksum) ON CONFLICT DO NOTHING";
        Bind(command, "version", script.Version);
        Bind(command, "checksum", script.Checksum);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Dictionary<int, (string Name, string? Checksum)>> ReadAppliedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, (string Name, string? Checksum)>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT v.version, v.name, c.checksum FROM schema_versions v LEFT JOIN schema_checksums c ON c.version = v.version";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            applied.Add(rows.GetInt32(0), (rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2)));
        }

        return applied;
    }

    private static async Task<string?> ReadNameAsync(DbTransaction transaction, int version, CancellationToken cancellationToken)
    {
        await using var command = CommandIn(transaction, "SELECT name FROM schema_versions WHERE version = @version");
        Bind(command, "version", version);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static void RequireSame(SchemaScript script, string appliedName, string? checksum)
    {
        if (script.Name != appliedName)
        {
            throw new InvalidOperationException(
                $"Schema script {script} cannot be applied: this database already has number {script.Version} as '{appliedName}'.");
        }

        if (checksum is not null && checksum != script.Checksum)
        {
            throw new InvalidOperationException(
                $"Schema script {script} is not what this database was made with: it was changed after it had been applied. A change is a script of its own.");
        }
    }

    private static async Task ExecuteAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = CommandIn(transaction, sql);

        // A script may rewrite a large table.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand CommandIn(DbTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    [LoggerMessage(LogLevel.Information, "Applied to the database {Database}: {Scripts}")]
    private partial void LogApplied(string database, string scripts);

    [LoggerMessage(LogLevel.Warning, "The database is at schema version {Version}, newer than this build knows")]
    private partial void LogNewerThanThisBuild(int version);
}
