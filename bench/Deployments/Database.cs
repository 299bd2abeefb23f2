using Marketing.Testing;
using Npgsql;

namespace Marketing.Bench.Deployments;

/// <summary>A PostgreSQL server with fsync on and the memory a small real one has, the engine's database on it, and what is compared beside it.</summary>
internal sealed class Database : IAsyncDisposable
{
    private static readonly string[] Settings =
    [
        "shared_buffers = '1GB'", "max_wal_size = '8GB'", "checkpoint_timeout = '15min'", "shared_preload_libraries = 'pg_stat_statements'",
    ];

    private readonly PostgresServer _server;
    private readonly int _postmaster;

    private Database(PostgresServer server, string connectionString, NpgsqlDataSource source, int postmaster)
    {
        _server = server;
        _postmaster = postmaster;
        ConnectionString = connectionString;
        Source = source;
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public TimeSpan ProcessorTime => ProcessStatus.TimeOfFamily(_postmaster);

    public static async Task<Database> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        try
        {
            var connectionString = await server.CreateDatabaseAsync();
            await using (var unset = NpgsqlDataSource.Create($"{connectionString};Pooling=false"))
            {
                foreach (var setting in Settings)
                {
                    await RunAsync(unset, $"ALTER SYSTEM SET {setting}");
                }
            }

            await server.StopAsync(immediate: false);
            await server.StartAgainAsync();
            var source = NpgsqlDataSource.Create($"{connectionString};Command Timeout=900;Application Name=bench");
            await RunAsync(source, "CREATE EXTENSION pg_stat_statements");
            var backend = await source.ValueAsync("SELECT pg_backend_pid()");
            return new Database(server, connectionString, source, ProcessStatus.Parent((int)backend));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another database on the same server.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> CreateNeighbourAsync() => _server.CreateDatabaseAsync();

    public Task<int> RunAsync(string sql) => RunAsync(Source, sql);

    public Task<double> ValueAsync(string sql) => Source.ValueAsync(sql);

    /// <summary>Transactions and statements of the engine's database so far.</summary>
    public async Task<(double Commits, double Statements)> WorkAsync()
    {
        await RunAsync("SELECT pg_stat_force_next_flush()");
        return (
            await ValueAsync("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"),
            await ValueAsync("SELECT sum(calls) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database()"));
    }

    /// <summary>Statements are counted and timed from here.</summary>
    public Task ForgetStatementsAsync() => RunAsync("SELECT pg_stat_statements_reset()");

    /// <summary>The statements that took longest together, waiting included.</summary>
    public async Task<IReadOnlyList<(string Statement, double Microseconds)>> DearestAsync()
    {
        await using var command = Source.CreateCommand(
            """
            SELECT left(regexp_replace(query, '\s+', ' ', 'g'), 60), total_exec_time * 1000 FROM pg_stat_statements s
            JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database() ORDER BY 2 DESC LIMIT 8
            """);
        await using var reader = await command.ExecuteReaderAsync();
        List<(string, double)> dearest = [];
        while (await reader.ReadAsync())
        {
            dearest.Add((reader.GetString(0), reader.GetDouble(1)));
        }

        return dearest;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static async Task<int> RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 1_800;
        return await command.ExecuteNonQueryAsync();
    }
}
