namespace Marketing.Hosting;

/// <summary>A process of a cluster was started without the database the cluster is found by.</summary>
internal sealed class ClusterNotConfiguredException() : Exception(
    "A silo of its own joins a cluster, which needs PostgreSQL: set ConnectionStrings__Postgres, for example to "
    + "'Host=127.0.0.1;Username=distributions;Password=…;Database=distributions'. Without one, run src/Api: it hosts a silo in its own process.");
