namespace Marketing.Bench.Deployments;

/// <summary>How the engine is run.</summary>
internal enum Deployment
{
    /// <summary>One process on SQLite.</summary>
    Embedded,

    /// <summary>Silos and an API process on a PostgreSQL server with fsync on.</summary>
    Cluster,
}
