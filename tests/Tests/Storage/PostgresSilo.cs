using Marketing.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Storage;
using Xunit;

namespace Marketing.Storage;

/// <summary>A real silo that keeps membership, grain state and reminders in a PostgreSQL database the upgrader has made ready.</summary>
internal sealed class PostgresSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly SiloEndpoint _endpoint;

    private PostgresSilo(IHost host, SiloEndpoint endpoint) => (_host, _endpoint) = (host, endpoint);

    public IGrainStorage Storage => _host.Services.GetRequiredService<IGrainStorage>();

    public IMembershipTable Membership => _host.Services.GetRequiredService<IMembershipTable>();

    public IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

    public SiloAddress Address => _host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public static async Task<PostgresSilo> StartAsync(PostgresDatabase database)
    {
        await database.UpgradeAsync();
        var silo = Create(database);
        await silo._host.StartAsync(TestContext.Current.CancellationToken);
        return silo;
    }

    /// <summary>A silo that is not started, for tests that would be disturbed by what a running one writes itself.</summary>
    public static PostgresSilo Create(PostgresDatabase database)
    {
        var endpoint = SiloEndpoint.OnLoopback(0, 0);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ReminderTicks>();
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ConnectionString));
        builder.UseOrleans(silo => silo
            .ConfigureEndpoints(endpoint.Address, endpoint.Port, endpoint.GatewayPort)
            .UsePostgresControlPlane());

        return new PostgresSilo(builder.Build(), endpoint);
    }

    public INotebookGrain Notebook(string key) => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<INotebookGrain>(key);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
        _endpoint.Dispose();
    }
}
