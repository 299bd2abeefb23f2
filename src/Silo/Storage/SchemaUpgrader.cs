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
                if (applied.TryGetValue(script.Version, out var name))
                {
                    RequireSame(script, name);
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
            RequireSame(script, name);
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
    }

    private static async Task<Dictionary<int, string>> ReadAppliedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, string>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, name FROM schema_versions";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            applied.Add(rows.GetInt32(0), rows.GetString(1));
        }

        return applied;
    }

    private static async Task<string?> ReadNameAsync(DbTransaction transaction, int version, CancellationToken cancellationToken)
    {
        await using var command = CommandIn(transaction, "SELECT name FROM schema_versions WHERE version = @version");
        Bind(command, "version", version);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static void RequireSame(SchemaScript script, string appliedName)
    {
        if (script.Name != appliedName)
        {
            throw new InvalidOperationException(
                $"Schema script {script} cannot be applied: this database already has number {script.Version} as '{appliedName}'.");
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
