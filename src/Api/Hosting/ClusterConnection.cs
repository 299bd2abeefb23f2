using Marketing.Http;

namespace Marketing.Hosting;

/// <summary>How the API reaches the grains.</summary>
internal static class ClusterConnection
{
    /// <summary>Whether grains live in other processes.</summary>
    public static bool IsCluster(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration.GetConnectionString(ClusterSilo.ConnectionString));

    /// <summary>Joins the cluster as a client; without a cluster configured, hosts the grains in this process.</summary>
    public static WebApplicationBuilder AddEmbeddedOrClusterClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FirstProject>();
        builder.Services.AddSingleton<IFirstProject>(services => services.GetRequiredService<FirstProject>());
        if (!IsCluster(builder.Configuration))
        {
            builder.AddEmbeddedSilo();
            builder.Services.AddHostedService(services => services.GetRequiredService<FirstProject>());
            return builder;
        }

        // Requests are taken, and refused with a reason, while no silo answers yet.
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ServicesStartConcurrently = true;
            host.ShutdownTimeout = TimeSpan.FromSeconds(10);
        });
        builder.AddClusterClient();
        builder.Services.AddHostedService(services => services.GetRequiredService<FirstProject>());
        return builder;
    }
}
