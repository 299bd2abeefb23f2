namespace Marketing.Products;

/// <summary>One product with its SKUs, which change one at a time. Keyed by project and product id.</summary>
[Alias("product"), GrainInterfaceType("product")]
public interface IProductGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates or changes the product. What is given stays until it is given again, and the source id for good. Repeating it changes nothing; with an idempotency key the
    /// answer to a repetition is the product as it is now, or <see cref="ProductResult.Deleted"/>.
    /// </summary>
    [Alias("save")]
    Task<ProductResult> SaveAsync(ProductCommand command, CommandContext context);

    /// <summary>Deletes the product with its SKUs, for good. False when there was none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync();

    /// <summary>
    /// Creates or changes a SKU of the product, by the same rules. Refused as <see cref="ProductResult.NotFound"/> without the product, as
    /// <see cref="ProductResult.Elsewhere"/> where the SKU is another product's, and as <see cref="ProductResult.Invalid"/> beyond <see cref="ProductLimits.SkusOfProduct"/>.
    /// </summary>
    /// <param name="skuId">The id of the SKU.</param>
    /// <param name="command">What to change.</param>
    /// <param name="context">Who asks.</param>
    [Alias("save-sku")]
    Task<ProductResult> SaveSkuAsync(string skuId, SkuCommand command, CommandContext context);

    /// <summary>Deletes a SKU of the product, for good. False when it has none of this id.</summary>
    [Alias("delete-sku")]
    Task<bool> DeleteSkuAsync(string skuId);
}

/// <summary>Reads over the products of one project. Keyed by project number; any number of activations.</summary>
[Alias("product-queries"), GrainInterfaceType("product-queries")]
public interface IProductQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>A product with all its SKUs by id or source id (the id wins), as wire JSON, or null.</summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string idOrSourceId, CancellationToken cancellation = default);

    /// <summary>The id behind an id or source id of an existing product, or null.</summary>
    [Alias("find-id")]
    Task<string?> FindIdAsync(string idOrSourceId, CancellationToken cancellation = default);

    /// <summary>The id a product has or gets that is saved under a source id.</summary>
    [Alias("resolve")]
    Task<string> ResolveAsync(string sourceId, CancellationToken cancellation = default);

    /// <summary>A page of products with the first <see cref="ProductLimits.SkusInLists"/> of their SKUs and how many they have, as wire JSON.</summary>
    [Alias("list")]
    Task<Page<RawJson>> ListAsync(ProductListQuery query, CancellationToken cancellation = default);

    /// <summary>A SKU by id or source id (the id wins), as wire JSON, or null.</summary>
    [Alias("find-sku")]
    Task<RawJson?> FindSkuAsync(string idOrSourceId, CancellationToken cancellation = default);

    /// <summary>The id behind an id or source id of an existing SKU, or null.</summary>
    [Alias("find-sku-id")]
    Task<string?> FindSkuIdAsync(string idOrSourceId, CancellationToken cancellation = default);

    /// <summary>The id a SKU has or gets that is saved under a source id.</summary>
    [Alias("resolve-sku")]
    Task<string> ResolveSkuAsync(string sourceId, CancellationToken cancellation = default);

    /// <summary>A page of the SKUs of a product, by its id or source id, as wire JSON; null when there is no such product.</summary>
    [Alias("list-skus")]
    Task<Page<RawJson>?> ListSkusAsync(string productIdOrSourceId, ProductListQuery query, CancellationToken cancellation = default);
}

/// <summary>Which products or SKUs to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c> or <c>updated_at</c>, with a leading <c>-</c> for descending.</param>
/// <param name="CreatedAt">By time of creation.</param>
[GenerateSerializer, Immutable, Alias("product-list-query")]
public sealed record ProductListQuery(
    [property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order, [property: Id(3)] TimeRange? CreatedAt = null);

/// <summary>How much there may be, wherever it comes from. Texts in UTF-16 characters, JSON in bytes of UTF-8.</summary>
public static class ProductLimits
{
    /// <summary>SKUs of one product.</summary>
    public const int SkusOfProduct = 1_000;

    /// <summary>SKUs of each product that a list of products shows; one product shows all.</summary>
    public const int SkusInLists = 100;

    /// <summary>Ids, source ids and names.</summary>
    public const int Name = 300;

    /// <summary>The address of a picture.</summary>
    public const int ImageUrl = 2_048;

    /// <summary>Attributes of a product.</summary>
    public const int Attributes = 100;

    /// <summary>Metadata, after what is given was merged with what is there; and the attributes of a SKU.</summary>
    public const int ObjectBytes = 64 * 1024;

    /// <summary>A price, in minor units.</summary>
    public const long Price = 1_000_000_000_000;

    /// <summary>The letters of a currency.</summary>
    public const int Currency = 3;
}
