namespace Marketing.Distributions;

/// <summary>How the grains of the feature are addressed.</summary>
public static class DistributionAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One distribution.</summary>
        public IDistributionGrain Distribution(int project, string distributionId) => grains.At<IDistributionGrain>(GrainAddresses.Key(project, distributionId));

        /// <summary>Reads over all distributions of a project and their messages.</summary>
        public IDistributionQueriesGrain DistributionQueries(int project) => grains.At<IDistributionQueriesGrain>(GrainAddresses.Key(project));
    }
}
