namespace Marketing.ProductCollections;

/// <summary>Changes of the product collections of a project, one at a time. Keyed by project number.</summary>
[Alias("product-collections"), GrainInterfaceType("product-collections")]
public interface IProductCollectionsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a collection under the id that is given. When it is answered, every silo knows it. Repeating it with the same id changes nothing and answers the collection as it
    /// is; with an idempotency key whose collection was deleted since, <see cref="CollectionResult.Deleted"/>.
    /// </summary>
    /// <param name="id"><c>pc_…</c></param>
    /// <param name="draft">What is in it.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create")]
    Task<CollectionResult> CreateAsync(string id, CollectionDraft draft, CommandContext context);

    /// <summary>Changes the name, and the filter of a collection that has one. What is null stays. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<CollectionResult> ChangeAsync(string id, CollectionChange change);

    /// <summary>Deletes the collection; what was in it stays. False when there is none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);
}

/// <summary>Reads over the product collections of a project. Keyed by project number; any number of activations.</summary>
[Alias("product-collection-queries"), GrainInterfaceType("product-collection-queries")]
public interface IProductCollectionQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>The collection, or null.</summary>
    [Alias("find")]
    Task<CollectionView?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>A page of collections.</summary>
    [Alias("list")]
    Task<Page<CollectionView>> ListAsync(int limit, int page, string order, CancellationToken cancellation = default);

    /// <summary>
    /// A page of the products and SKUs of a collection as wire JSON, or null when there is no such collection. Of a collection with a filter, the first
    /// <see cref="CollectionLimits.LookedAt"/> products and SKUs are looked at in the order asked for; where there are more, the total is a minimum.
    /// </summary>
    [Alias("products")]
    Task<Page<RawJson>?> ProductsAsync(string id, CollectedProductsQuery query, CancellationToken cancellation = default);
}

/// <summary>How the grains of product collections are addressed.</summary>
public static class ProductCollectionAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The collections of a project, to be changed.</summary>
        public IProductCollectionsGrain ProductCollections(int project) => grains.At<IProductCollectionsGrain>(GrainAddresses.Key(project));

        /// <summary>Reads over the collections of a project.</summary>
        public IProductCollectionQueriesGrain ProductCollectionQueries(int project) => grains.At<IProductCollectionQueriesGrain>(GrainAddresses.Key(project));
    }
}
