using System.Globalization;
using Marketing.Storage.Postgres;
using Marketing.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Marketing.Storage;

/// <summary>An empty database of its own on the shared server, dropped when the test is over.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private PostgresDatabase(PostgresServer server, string connectionString)
    {
        _server = server;
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Skips the test on a machine without PostgreSQL, except where CI promises one.</summary>
    public static void RequireServer() => Assert.SkipUnless(
        PostgresServer.IsInstalled || Environment.GetEnvironmentVariable("CI") is not null, "This machine has no PostgreSQL server.");

    public static async Task<PostgresDatabase> CreateAsync()
    {
        RequireServer();
        var server = await PostgresServer.SharedAsync();
        return new PostgresDatabase(server, await server.CreateDatabaseAsync());
    }

    /// <summary>A source of the caller's own, pooled and prepared as a silo has it.</summary>
    public NpgsqlDataSource CreateSource() => PostgresSource.Create(ConnectionString);

    public Task UpgradeAsync() => new SchemaUpgrader(
        DataSource, new PostgresSchemaDialect(), SchemaScript.EmbeddedFor(PostgresSchemaDialect.Engine),
        TimeProvider.System, NullLogger<SchemaUpgrader>.Instance).UpgradeAsync(TestContext.Current.CancellationToken);

    /// <summary>The rows of a query, each as its columns.</summary>
    public async Task<List<object?[]>> RowsAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<object?[]> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        }

        return rows;
    }

    public async Task<long> NumberAsync(string sql) => Convert.ToInt64(await ScalarAsync(sql), CultureInfo.InvariantCulture);

    /// <summary>Asks until the answer is yes.</summary>
    public async Task UntilAsync(string question)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(bool)(await ScalarAsync(question))!)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await _server.DropDatabaseAsync(ConnectionString);
    }
}
