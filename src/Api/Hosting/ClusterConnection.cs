namespace Marketing.Hosting;

/// <summary>How the API reaches the grains.</summary>
internal static class ClusterConnection
{
    /// <summary>Joins the cluster as a client; without a cluster configured, hosts the grains in this process.</summary>
    public static WebApplicationBuilder AddEmbeddedOrClusterClient(this WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString("Postgres")))
        {
            throw new InvalidOperationException("ConnectionStrings:Postgres is set, but this build only runs embedded, on SQLite. Unset it.");
        }

        builder.AddEmbeddedSilo();
        builder.Services.AddHostedService<FirstProject>();
        return builder;
    }
}
