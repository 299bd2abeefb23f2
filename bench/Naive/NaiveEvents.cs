using System.Net;
using Marketing.Bench.Deployments;
using Marketing.Bench.Yardsticks;
using Marketing.Hosting;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;

namespace Marketing.Bench.Naive;

/// <summary>Events through a silo in this process that writes a grain's state, a message and its end one by one, without a network hop before it.</summary>
internal sealed class NaiveEvents(Database database, int inFlight, int seconds) : IYardstick
{
    private const string Table =
        """
        CREATE TABLE IF NOT EXISTS naive_messages (
            customer bigint NOT NULL, occurrence bigint NOT NULL, channel text NOT NULL, due_at bigint NOT NULL, PRIMARY KEY (customer, occurrence))
        """;

    private const int Customers = 10_000;

    public string Name => "grain state and single statements";

    public async Task<double> MeasureAsync()
    {
        var source = PostgresSource(await database.CreateNeighbourAsync());
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(source);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPostgresSchema();
        using var endpoint = SiloEndpoint.OnLoopback(0, 0);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("naive", "naive"))
            .UseLocalhostClustering(endpoint.Port, endpoint.GatewayPort, new IPEndPoint(IPAddress.Loopback, endpoint.Port), "naive", "naive")
            .AddAdoNetGrainStorageAsDefault(storage => (storage.Invariant, storage.DataSource) = ("Npgsql", source)));
        using var host = builder.Build();
        await host.StartAsync();
        await using (var create = source.CreateCommand(Table))
        {
            await create.ExecuteNonQueryAsync();
        }

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        await new Load(inFlight, TimeSpan.FromSeconds(5)).RunAsync(i => grains.GetGrain<INaiveCustomerGrain>(i % Customers).RecordAsync());
        var measured = await new Load(inFlight, TimeSpan.FromSeconds(seconds)).RunAsync(i => grains.GetGrain<INaiveCustomerGrain>(i % Customers).RecordAsync());
        await host.StopAsync();
        return measured.PerSecond;
    }

    private static NpgsqlDataSource PostgresSource(string connectionString) =>
        NpgsqlDataSource.Create($"{connectionString};Max Auto Prepare=50;Maximum Pool Size=40;Timeout=60");
}
