using Marketing.Clients;
using Marketing.Distributions;
using Marketing.Files;
using Marketing.Hosting;
using Marketing.Projects;
using Marketing.Secrets;
using Marketing.Storage;
using Marketing.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing;

/// <summary>One of several processes that share their work and a PostgreSQL database.</summary>
public static class ClusterSilo
{
    /// <summary>The name of the connection string that makes a cluster.</summary>
    public const string ConnectionString = "Postgres";

    /// <summary>Adds a silo to a host.</summary>
    public static IHostApplicationBuilder AddClusterSilo(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddHostedService<FreeAddresses>();
        builder.AddPostgresSource();
        builder.Services.AddHostedService<DataDirectoryRights>();

        // What is not handed over by then stays for the others.
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<DistributionOptions>>(
            static (host, distributions) => host.ShutdownTimeout = distributions.Value.DrainTimeout + StopDeadline.AfterDraining);
        builder.Services.AddPostgresDataPlane();
        builder.Services.AddHostedService<DatabaseWatch>();
        var endpoint = SiloEndpoint.Of(configuration);

        // Held by the container, so that the claim lasts as long as the silo.
        builder.Services.AddSingleton(_ => endpoint);
        builder.UseOrleans(silo =>
        {
            silo.ConfigureEndpoints(endpoint.Address, endpoint.Port, endpoint.GatewayPort);
            silo.UsePostgresControlPlane();
            silo.AddIncomingGrainCallFilter<OutageCallFilter>();
            silo.AddTimeoutFilter();
            silo.AddEngine(configuration);
        });
        builder.Services.AddOutbox(configuration);
        builder.Services.AddSecretsOfCluster(configuration);
        builder.Services.PostConfigure<LinkOptions>(options => options.PublicUrl ??= ApiAddress.Default);
        return builder;
    }

    /// <summary>Adds a client of the cluster to a host. Grains can be called once a silo answers; until then calls fail as in an outage.</summary>
    public static IHostApplicationBuilder AddClusterClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<FreeAddresses>();
        builder.AddPostgresSource();
        builder.Services.AddHostedService<DataDirectoryRights>();
        builder.Services.AddPostgresSchema();
        builder.UseOrleansClient(client =>
        {
            client.UsePostgresCluster();
            client.Services.AddSingleton<ClusterReach>();
            client.Services.AddSingleton<ILifecycleParticipant<IClusterClientLifecycle>>(services => services.GetRequiredService<ClusterReach>());
            client.Services.AddSingleton<IOutgoingGrainCallFilter>(services => services.GetRequiredService<ClusterReach>());
            client.Services.AddSingleton<IOutgoingGrainCallFilter, TimeoutCallFilter>();
            client.AddRepeatingCalls();
            client.Services.AddSingleton<IClientConnectionRetryFilter, PatientConnection>();
        });
        return builder;
    }

    /// <summary>For silos of either kind.</summary>
    internal static void AddTimeoutFilter(this ISiloBuilder silo)
    {
        silo.AddIncomingGrainCallFilter<TimeoutCallFilter>();
        silo.AddOutgoingGrainCallFilter<TimeoutCallFilter>();
    }

    private static void AddPostgresSource(this IHostApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString(ConnectionString)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionString} is not set.");
        builder.Services.AddSingleton(services => PostgresSource.Create(connectionString, services.GetService<ILoggerFactory>()));
    }
}
