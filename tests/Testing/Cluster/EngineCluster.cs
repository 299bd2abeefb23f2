using Npgsql;

namespace Marketing.Testing;

/// <summary>
/// Real silo and API processes on a database of their own, each on free ports and with a data directory of its own. None of them outlives this
/// process.
/// </summary>
public sealed class EngineCluster : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly ProcessOutput _notes = new(kept: 1_000);
    private readonly List<SiloProcess> _silos = [];
    private readonly List<EngineProcess> _apis = [];
    private readonly bool _ownsServer;

    private EngineCluster(PostgresServer server, bool ownsServer, string connectionString, IReadOnlyDictionary<string, string> settings)
    {
        (Server, _ownsServer, ConnectionString) = (server, ownsServer, connectionString);
        _settings = new Dictionary<string, string>(settings) { ["ConnectionStrings:Postgres"] = connectionString };

        // Nothing is kept open: the server may have been restarted since the last question.
        Database = NpgsqlDataSource.Create($"{connectionString};Pooling=false;Application Name=test");
    }

    /// <summary>The database server; only to be stopped when the cluster was made with one of its own.</summary>
    public PostgresServer Server { get; }

    public string ConnectionString { get; }

    /// <summary>For looking into the tables.</summary>
    public NpgsqlDataSource Database { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IReadOnlyList<EngineProcess> Apis => _apis;

    /// <summary>All of them.</summary>
    public IEnumerable<EngineHost> Hosts => [.. _silos, .. _apis];

    /// <summary>What a shop asks, through the first API process.</summary>
    public ShopClient Shop => _apis[0].Shop;

    /// <summary>What all processes printed, in order, and what was done to them.</summary>
    public string Log => string.Join('\n', Hosts
        .SelectMany(host => host.Lines.Lines.Select(line => (line.At, Text: $"{host.Name,-7} {line.Text}")))
        .Concat(_notes.Lines.Select(line => (line.At, Text: $"------- {line.Text}")))
        .OrderBy(line => line.At)
        .Select(line => $"{line.At:HH:mm:ss.fff} {line.Text}"));

    /// <summary>Starts silos and APIs, all at once.</summary>
    public static async Task<EngineCluster> StartAsync(int silos, int apis, IReadOnlyDictionary<string, string> settings, bool ownServer = false)
    {
        var cluster = await PrepareAsync(silos, apis, settings, ownServer);
        try
        {
            await Task.WhenAll(cluster.Hosts.Select(host => host.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, with no process started yet.</summary>
    public static async Task<EngineCluster> PrepareAsync(int silos, int apis, IReadOnlyDictionary<string, string> settings, bool ownServer = false)
    {
        var server = ownServer ? await PostgresServer.StartAsync() : await PostgresServer.SharedAsync();
        var cluster = new EngineCluster(server, ownServer, await server.CreateOwnedDatabaseAsync(), settings);
        for (var i = 0; i < silos; i++)
        {
            cluster.AddSilo();
        }

        for (var i = 0; i < apis; i++)
        {
            cluster._apis.Add(new EngineProcess(cluster._settings, name: $"api-{i + 1}"));
        }

        return cluster;
    }

    /// <summary>Another silo, not started yet.</summary>
    public SiloProcess AddSilo()
    {
        var silo = new SiloProcess($"silo-{_silos.Count + 1}", _settings);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Writes into the log what is being done.</summary>
    public void Note(string text) => _notes.Keep(text);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Hosts.Select(host => host.DisposeAsync().AsTask()));
        await Database.DisposeAsync();
        if (_ownsServer)
        {
            await Server.DisposeAsync();
        }
        else
        {
            await Server.DropDatabaseAsync(ConnectionString);
        }
    }
}
