using Marketing.AsyncActions;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Orders;
using Marketing.Projects;
using Marketing.Segments;
using Marketing.Suppressions;

namespace Marketing;

/// <summary>
/// How grains are addressed; the only place where keys are spelled. <c>project</c> is the project's number
/// (<see cref="Project.Number"/>); a key never leaves its project.
/// </summary>
public static class GrainAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>All projects and their keys.</summary>
        public IProjectDirectoryGrain ProjectDirectory => grains.GetGrain<IProjectDirectoryGrain>(0);

        /// <summary>One customer.</summary>
        public ICustomerGrain Customer(int project, string customerId) => grains.GetGrain<ICustomerGrain>(Key(project, customerId));

        /// <summary>Reads over all customers of a project.</summary>
        public ICustomerQueriesGrain CustomerQueries(int project) => grains.GetGrain<ICustomerQueriesGrain>(project);

        /// <summary>One segment.</summary>
        public ISegmentGrain Segment(int project, string segmentId) => grains.GetGrain<ISegmentGrain>(Key(project, segmentId));

        /// <summary>Reads over all segments of a project.</summary>
        public ISegmentQueriesGrain SegmentQueries(int project) => grains.GetGrain<ISegmentQueriesGrain>(project);

        /// <summary>One order.</summary>
        public IOrderGrain Order(int project, string orderId) => grains.GetGrain<IOrderGrain>(Key(project, orderId));

        /// <summary>Reads over all orders of a project.</summary>
        public IOrderQueriesGrain OrderQueries(int project) => grains.GetGrain<IOrderQueriesGrain>(project);

        /// <summary>One distribution.</summary>
        public IDistributionGrain Distribution(int project, string distributionId) => grains.GetGrain<IDistributionGrain>(Key(project, distributionId));

        /// <summary>Reads over all distributions of a project and their messages.</summary>
        public IDistributionQueriesGrain DistributionQueries(int project) => grains.GetGrain<IDistributionQueriesGrain>(project);

        /// <summary>One background job.</summary>
        public IAsyncActionGrain AsyncAction(int project, string actionId) => grains.GetGrain<IAsyncActionGrain>(Key(project, actionId));

        /// <summary>Reads over the background jobs of a project.</summary>
        public IAsyncActionQueriesGrain AsyncActionQueries(int project) => grains.GetGrain<IAsyncActionQueriesGrain>(project);

        /// <summary>The addresses of a project that must not be written to.</summary>
        public ISuppressionListGrain Suppressions(int project) => grains.GetGrain<ISuppressionListGrain>(project);
    }

    private static string Key(int project, string id) => $"{project}/{id}";

    /// <summary>Takes a key apart that was made here.</summary>
    public static (int Project, string Id) Split(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(key.AsSpan(0, slash), System.Globalization.CultureInfo.InvariantCulture), key[(slash + 1)..]);
    }
}
