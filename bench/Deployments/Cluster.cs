using Marketing.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Bench.Deployments;

/// <summary>Silos and an API process on PostgreSQL.</summary>
internal sealed class Cluster : IEngine
{
    private readonly Dictionary<string, string> _settings;
    private readonly List<SiloProcess> _silos = [];
    private readonly EngineProcess _api;

    private Cluster(Database database, IReadOnlyDictionary<string, string> settings)
    {
        Database = database;
        _settings = new(settings) { [$"ConnectionStrings:{ClusterSilo.ConnectionString}"] = database.ConnectionString };
        _api = new EngineProcess(_settings);
    }

    public HttpClient Http => _api.Http;

    public ShopClient Shop => _api.Shop;

    public TimeSpan ProcessorTime => _silos.Aggregate(_api.ProcessorTime, (sum, silo) => sum + silo.ProcessorTime);

    public TimeSpan DatabaseTime => Database.ProcessorTime;

    public long PeakResidentBytes => _silos.Max(silo => silo.PeakResidentBytes);

    public Database Database { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    Database? IEngine.Database => Database;

    public static async Task<Cluster> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var cluster = new Cluster(await Database.StartAsync(), settings);
        try
        {
            await cluster.AddSiloAsync();
            await cluster._api.StartAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task AddSiloAsync()
    {
        var silo = new SiloProcess($"silo {_silos.Count}", _settings);
        _silos.Add(silo);
        await silo.StartAsync();
    }

    /// <summary>Ends all silos at once and starts one again.</summary>
    public async Task StartAgainAsync(Func<Task> meanwhile)
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _silos.Clear();
        await meanwhile();
        await AddSiloAsync();
    }

    /// <summary>A client in this process, connected by TCP.</summary>
    public async Task<IHost> ConnectAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration[$"ConnectionStrings:{ClusterSilo.ConnectionString}"] = Database.ConnectionString;
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddClusterClient();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await Database.DisposeAsync();
    }
}
