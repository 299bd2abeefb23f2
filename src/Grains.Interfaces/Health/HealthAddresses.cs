namespace Marketing.Health;

/// <summary>How the grains of the feature are addressed.</summary>
public static class HealthAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>Whether the cluster can work.</summary>
        public IReadinessGrain Readiness => grains.At<IReadinessGrain>(GrainAddresses.Key(0));
    }
}
