namespace Marketing.Orders;

/// <summary>How the grains of the feature are addressed.</summary>
public static class OrderAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One order.</summary>
        public IOrderGrain Order(int project, string orderId) => grains.At<IOrderGrain>(GrainAddresses.Key(project, orderId));

        /// <summary>Reads over all orders of a project.</summary>
        public IOrderQueriesGrain OrderQueries(int project) => grains.At<IOrderQueriesGrain>(GrainAddresses.Key(project));
    }
}
