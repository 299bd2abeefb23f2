namespace Marketing.AsyncActions;

/// <summary>How the grains of the feature are addressed.</summary>
public static class AsyncActionAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One background job.</summary>
        public IAsyncActionGrain AsyncAction(int project, string actionId) => grains.At<IAsyncActionGrain>(GrainAddresses.Key(project, actionId));

        /// <summary>Reads over the background jobs of a project.</summary>
        public IAsyncActionQueriesGrain AsyncActionQueries(int project) => grains.At<IAsyncActionQueriesGrain>(GrainAddresses.Key(project));
    }
}
