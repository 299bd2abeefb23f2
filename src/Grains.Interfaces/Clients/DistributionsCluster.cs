namespace Marketing.Clients;

/// <summary>How a client finds the cluster.</summary>
public static class DistributionsCluster
{
    /// <summary>Both the cluster id and the service id in Orleans' <c>ClusterOptions</c>. Stored with all state, so it never changes.</summary>
    public const string Id = "distributions";
}
