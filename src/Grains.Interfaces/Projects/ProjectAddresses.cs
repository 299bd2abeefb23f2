namespace Marketing.Projects;

/// <summary>How the grains of the feature are addressed.</summary>
public static class ProjectAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>All projects and their keys.</summary>
        public IProjectDirectoryGrain ProjectDirectory => grains.At<IProjectDirectoryGrain>(GrainAddresses.Key(0));
    }
}
