namespace Marketing.Products;

/// <summary>How the grains of products are addressed.</summary>
public static class ProductAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One product.</summary>
        public IProductGrain Product(int project, string productId) => grains.At<IProductGrain>(GrainAddresses.Key(project, productId));

        /// <summary>Reads over all products of a project.</summary>
        public IProductQueriesGrain ProductQueries(int project) => grains.At<IProductQueriesGrain>(GrainAddresses.Key(project));
    }
}
