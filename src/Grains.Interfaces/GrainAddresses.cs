using Marketing.AsyncActions;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Health;
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
        public IProjectDirectoryGrain ProjectDirectory => grains.At<IProjectDirectoryGrain>(Key(0));

        /// <summary>Whether the cluster can work.</summary>
        public IReadinessGrain Readiness => grains.At<IReadinessGrain>(Key(0));

        /// <summary>One customer.</summary>
        public ICustomerGrain Customer(int project, string customerId) => grains.At<ICustomerGrain>(Key(project, customerId));

        /// <summary>Reads over all customers of a project.</summary>
        public ICustomerQueriesGrain CustomerQueries(int project) => grains.At<ICustomerQueriesGrain>(Key(project));

        /// <summary>One segment.</summary>
        public ISegmentGrain Segment(int project, string segmentId) => grains.At<ISegmentGrain>(Key(project, segmentId));

        /// <summary>Reads over all segments of a project.</summary>
        public ISegmentQueriesGrain SegmentQueries(int project) => grains.At<ISegmentQueriesGrain>(Key(project));

        /// <summary>One order.</summary>
        public IOrderGrain Order(int project, string orderId) => grains.At<IOrderGrain>(Key(project, orderId));

        /// <summary>Reads over all orders of a project.</summary>
        public IOrderQueriesGrain OrderQueries(int project) => grains.At<IOrderQueriesGrain>(Key(project));

        /// <summary>One distribution.</summary>
        public IDistributionGrain Distribution(int project, string distributionId) => grains.At<IDistributionGrain>(Key(project, distributionId));

        /// <summary>Reads over all distributions of a project and their messages.</summary>
        public IDistributionQueriesGrain DistributionQueries(int project) => grains.At<IDistributionQueriesGrain>(Key(project));

        /// <summary>One background job.</summary>
        public IAsyncActionGrain AsyncAction(int project, string actionId) => grains.At<IAsyncActionGrain>(Key(project, actionId));

        /// <summary>Reads over the background jobs of a project.</summary>
        public IAsyncActionQueriesGrain AsyncActionQueries(int project) => grains.At<IAsyncActionQueriesGrain>(Key(project));

        /// <summary>Tries imports of a project out.</summary>
        public IImportTrialGrain ImportTrial(int project) => grains.At<IImportTrialGrain>(Key(project));

        /// <summary>The addresses of a project that must not be written to.</summary>
        public ISuppressionListGrain Suppressions(int project) => grains.At<ISuppressionListGrain>(Key(project));
    }

    private static IdSpan Key(int project, string id) => IdSpan.Create($"{project}/{id}");

    private static IdSpan Key(int project) => GrainIdKeyExtensions.CreateIntegerKey(project);

    // By type and key in their stored form: the generic way reads attributes by reflection on every call, which was a tenth of the cost of an event.
    private static TGrain At<TGrain>(this IGrainFactory grains, IdSpan key)
        where TGrain : IAddressable =>
        (TGrain)grains.GetGrain(GrainId.Create(Names<TGrain>.Grain, key), Names<TGrain>.Interface);

    /// <summary>Takes a key apart that was made here.</summary>
    public static (int Project, string Id) Split(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(key.AsSpan(0, slash), System.Globalization.CultureInfo.InvariantCulture), key[(slash + 1)..]);
    }

    /// <summary>The stored names of a grain; its class carries the same name as its interface.</summary>
    private static class Names<TGrain>
    {
        public static readonly GrainInterfaceType Interface = GrainInterfaceType.Create(Name);

        public static readonly GrainType Grain = GrainType.Create(Name);

        private static string Name => typeof(TGrain).GetCustomAttributes(typeof(GrainInterfaceTypeAttribute), false) is [GrainInterfaceTypeAttribute attribute]
            ? attribute.GetGrainInterfaceType(null!, typeof(TGrain)).ToString()
            : throw new InvalidOperationException($"{typeof(TGrain)} has no stored name");
    }
}
