using System.Net;
using Marketing.Clients;
using Marketing.Storage;
using Marketing.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Marketing.Hosting;

/// <summary>The embedded mode: one silo, its grain state and reminders in one SQLite file.</summary>
internal static class SqliteControlPlane
{
    /// <summary>Both the cluster and the service id. Grain state and reminders are stored under it, so it never changes.</summary>
    private const string Id = DistributionsCluster.Id;

    // The ADO.NET providers know SQLite by this name only, and take Microsoft.Data.Sqlite for it.
    private const string Invariant = "System.Data.SQLite";

    /// <summary>Stores grain state and reminders in the file, which is created and upgraded at start.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="databaseFile">The database file; its folder must exist.</param>
    /// <param name="siloPort">The silo's port on the loopback address; 0 picks a free one.</param>
    /// <param name="gatewayPort">The gateway's port on the loopback address; 0 picks a free one.</param>
    public static ISiloBuilder UseSqliteControlPlane(this ISiloBuilder silo, string databaseFile, int siloPort = 0, int gatewayPort = 0)
    {
        // One at a time: SQLite has one writer anyway, and its own waiting is a sleep that holds a thread.
        return silo.UseSqliteControlPlane(new SqliteOptions(databaseFile) { MaxOpenConnections = 1 }, siloPort, gatewayPort);
    }

    /// <inheritdoc cref="UseSqliteControlPlane(ISiloBuilder, string, int, int)"/>
    public static ISiloBuilder UseSqliteControlPlane(this ISiloBuilder silo, SqliteOptions database, int siloPort = 0, int gatewayPort = 0)
    {
        // Claimed by the container, so that the claim lasts as long as the silo; what Orleans is told first is replaced.
        silo.UseLocalhostClustering(serviceId: Id, clusterId: Id);
        silo.Services.AddSingleton(_ => SiloEndpoint.OnLoopback(siloPort, gatewayPort));
        silo.Services.AddOptions<EndpointOptions>().PostConfigure<SiloEndpoint>((options, endpoint) =>
            (options.SiloPort, options.GatewayPort) = (endpoint.Port, endpoint.GatewayPort));
        silo.Services.AddOptions<DevelopmentClusterMembershipOptions>().PostConfigure<SiloEndpoint>((options, endpoint) =>
            options.PrimarySiloEndpoint = new IPEndPoint(endpoint.Address, endpoint.Port));

        silo.Services.AddKeyedSingleton(SqliteDataSource.ControlPlane, (_, _) => new SqliteDataSource(database));
        silo.Services.AddSingleton<IHostedService>(services => new SchemaUpgradeAtStart(
            new SchemaUpgrader(
                services.GetRequiredKeyedService<SqliteDataSource>(SqliteDataSource.ControlPlane),
                new SqliteSchemaDialect(),
                SchemaScript.EmbeddedFor(SqliteSchemaDialect.Engine),
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<SchemaUpgrader>>()),
            services.GetRequiredService<ILogger<SchemaUpgradeAtStart>>()));

        return silo
            .UseGrainStateJson()
            .AddAdoNetGrainStorageAsDefault(storage => storage.Configure<IServiceProvider>((options, services) =>
            {
                options.Invariant = Invariant;
                options.DataSource = services.GetRequiredKeyedService<SqliteDataSource>(SqliteDataSource.ControlPlane);
            }))
            .UseAdoNetReminderService(reminders => reminders.Configure<IServiceProvider>((options, services) =>
            {
                options.Invariant = Invariant;
                options.DataSource = services.GetRequiredKeyedService<SqliteDataSource>(SqliteDataSource.ControlPlane);
            }));
    }
}
