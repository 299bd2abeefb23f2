using Marketing.Clients;
using Marketing.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orleans.Configuration;
using Orleans.Storage;

namespace Marketing.Hosting;

/// <summary>The cluster mode: membership, grain state and reminders in the database all silos share.</summary>
internal static class PostgresControlPlane
{
    private const string Invariant = "Npgsql";

    // Of the provider inside; what grains see is around it.
    private const string Tables = "tables";

    /// <summary>Both the cluster and the service id. Membership, grain state and reminders are stored under it, so it never changes.</summary>
    private const string Id = DistributionsCluster.Id;

    /// <summary>Joins the cluster of the registered <see cref="NpgsqlDataSource"/>'s database as a silo.</summary>
    public static ISiloBuilder UsePostgresControlPlane(this ISiloBuilder silo)
    {
        silo.Services.Configure<ClusterMembershipOptions>(membership =>
        {
            // A dead silo's work is to go on within five seconds: a silo that misses three probes in a row is voted out.
            membership.ProbeTimeout = TimeSpan.FromMilliseconds(800);
            membership.NumMissedProbesLimit = 3;

            // Nobody votes while a message of the silo is younger than three of these. Left alone they are four times the probe's, and a frozen silo
            // would keep its work for ten seconds.
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(1);
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);

            // A silo that starts again alone waits for its predecessor until this has been missed.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
            membership.NumMissedTableIAmAliveLimit = 2;
        });
        silo.Services.Configure<GrainCollectionOptions>(collection => collection.DeactivationTimeout = TimeSpan.FromSeconds(4));
        silo
            .Configure<ClusterOptions>(Name)
            .UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>(
                (options, source) => (options.Invariant, options.DataSource) = (Invariant, source)))
            .AddAdoNetGrainStorage(Tables, storage => storage.Configure<NpgsqlDataSource>(
                (options, source) => (options.Invariant, options.DataSource) = (Invariant, source)))
            .UseAdoNetReminderService(reminders => reminders.Configure<NpgsqlDataSource>(
                (options, source) => (options.Invariant, options.DataSource) = (Invariant, source)))
            .UseGrainStateJson();
        silo.Services.AddSingleton<IGrainStorage>(services => new PostgresGrainStorage(services.GetRequiredKeyedService<IGrainStorage>(Tables)));
        var reminders = silo.Services.Last(service => service.ServiceType == typeof(IReminderTable));
        silo.Services.Replace(ServiceDescriptor.Singleton<IReminderTable>(
            services => new PostgresReminders((IReminderTable)ActivatorUtilities.CreateInstance(services, reminders.ImplementationType!))));
        return silo;
    }

    /// <summary>Finds the cluster by the registered <see cref="NpgsqlDataSource"/>, as a client.</summary>
    public static IClientBuilder UsePostgresCluster(this IClientBuilder client)
    {
        client.Services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        return client
            .Configure<ClusterOptions>(Name)
            .UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>(
                (options, source) => (options.Invariant, options.DataSource) = (Invariant, source)));
    }

    private static void Name(ClusterOptions cluster) => (cluster.ServiceId, cluster.ClusterId) = (Id, Id);
}
