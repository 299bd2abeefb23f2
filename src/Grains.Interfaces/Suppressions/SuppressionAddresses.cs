namespace Marketing.Suppressions;

/// <summary>How the grains of the feature are addressed.</summary>
public static class SuppressionAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The addresses of a project that must not be written to.</summary>
        public ISuppressionListGrain Suppressions(int project) => grains.At<ISuppressionListGrain>(GrainAddresses.Key(project));
    }
}
