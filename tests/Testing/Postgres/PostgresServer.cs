using System.Globalization;
using Npgsql;

namespace Marketing.Testing;

/// <summary>
/// A throw-away PostgreSQL server from the machine's own binaries, on the loopback address. Its files go when it is disposed,
/// and it never outlives this process.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "postgres";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(StartSharedAsync);

    private readonly PostgresPrograms _programs;
    private readonly string _folder;
    private readonly bool _fsync;
    private ChildProcess? _process;
    private int _databases;

    private PostgresServer(PostgresPrograms programs, string folder, bool fsync)
    {
        _programs = programs;
        _folder = folder;
        _fsync = fsync;
    }

    /// <summary>Whether this machine has the programs; where it has not, <see cref="StartAsync"/> says what is missing.</summary>
    public static bool IsInstalled => PostgresPrograms.Find() is not null;

    /// <summary>The port on the loopback address; the same after a restart.</summary>
    public int Port { get; private set; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The server all tests of this process share, started by the first that asks and stopped when the process exits.</summary>
    public static Task<PostgresServer> SharedAsync() => SharedServer.Value;

    /// <summary>Starts a server of one's own, for a test that stops it.</summary>
    /// <param name="fsync">Off is faster, but a figure measured then says nothing about a server that keeps what it promised.</param>
    public static async Task<PostgresServer> StartAsync(bool fsync = true)
    {
        var programs = PostgresPrograms.Find()
            ?? throw new InvalidOperationException("No PostgreSQL server: neither PATH nor /usr/lib/postgresql has initdb and postgres.");
        var server = new PostgresServer(programs, Directory.CreateTempSubdirectory("postgres-").FullName, fsync);
        try
        {
            await server.InitialiseAsync();
            await server.StartOnFreePortAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an empty database nobody else uses.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = NextName();
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionTo(name);
    }

    /// <summary>The same, owned by a role that may do nothing else.</summary>
    /// <returns>The owner's connection string.</returns>
    public async Task<string> CreateOwnedDatabaseAsync()
    {
        var name = NextName();
        await ExecuteAsync($"CREATE ROLE {name} LOGIN");
        await ExecuteAsync($"CREATE DATABASE {name} OWNER {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionTo(name)) { Username = name }.ConnectionString;
    }

    /// <summary>Ends the connections of a database's owner and takes no new ones, with the error of a server that is full.</summary>
    public async Task RefuseConnectionsAsync(string ownersConnectionString)
    {
        var owner = new NpgsqlConnectionStringBuilder(ownersConnectionString).Username;
        await ExecuteAsync($"ALTER ROLE {owner} CONNECTION LIMIT 0");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{owner}'");
    }

    /// <summary>Takes them again.</summary>
    public Task TakeConnectionsAsync(string ownersConnectionString) =>
        ExecuteAsync($"ALTER ROLE {new NpgsqlConnectionStringBuilder(ownersConnectionString).Username} CONNECTION LIMIT -1");

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync"/> has made, whoever is still connected.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
    }

    /// <summary>Stops the server and keeps its data.</summary>
    /// <param name="immediate">As if the machine lost power: connections break and the next start recovers from the log.</param>
    public async Task StopAsync(bool immediate)
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
        {
            return;
        }

        // Asks for an immediate shutdown, or a fast one.
        process.Signal(immediate ? "QUIT" : "INT");
        using var patience = new CancellationTokenSource(Patience);
        await process.ExitedAsync(patience.Token);
    }

    /// <summary>Starts the stopped server again on the same data and port.</summary>
    public Task StartAgainAsync() => _process is null ? StartProcessAsync() : throw new InvalidOperationException("The server is running.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(immediate: true);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgresServer> StartSharedAsync()
    {
        var server = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().Wait(Patience);
        return server;
    }

    private async Task InitialiseAsync()
    {
        await PostgresPrograms.OwnAsync(_folder);

        // C.UTF-8 orders by bytes everywhere and still knows the case of letters beyond ASCII.
        await _programs.RunAsync(
            _folder, "initdb", "-D", Data, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
    }

    private async Task StartOnFreePortAsync()
    {
        // Another process may take the port between the question and the start.
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort.Next();
            try
            {
                await StartProcessAsync();
                return;
            }
            catch (InvalidOperationException taken) when (attempt < 5 && taken.Message.Contains("Address already in use", StringComparison.Ordinal))
            {
            }
        }
    }

    private async Task StartProcessAsync()
    {
        // A zone that is not UTC shows code that leaves the zone to the server.
        var output = new ProcessOutput(kept: 50);
        var process = new ChildProcess(_programs.Command(
            _folder,
            "postgres", "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1",
            "-c", $"unix_socket_directories={Data}",
            "-c", $"fsync={(_fsync ? "on" : "off")}",
            "-c", "max_connections=200",
            "-c", "timezone=Asia/Yekaterinburg"), output);
        _process = process;

        using var patience = new CancellationTokenSource(Patience);
        while (!await AnswersAsync(patience.Token))
        {
            if (process.HasExited)
            {
                _process = null;
                throw new InvalidOperationException($"PostgreSQL did not start: {output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionTo(Superuser)};Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionTo(Superuser)};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string ConnectionTo(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={Superuser};Database={database}");
}
