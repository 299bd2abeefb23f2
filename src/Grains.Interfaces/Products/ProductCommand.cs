namespace Marketing.Products;

/// <summary>What the caller says of a product; what is not in <see cref="Present"/> stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("product-command")]
public sealed record ProductCommand
{
    /// <summary>Which of the fields are given; one that is given as null is cleared.</summary>
    [Id(0)] public ProductFields Present { get; init; }

    /// <summary>The shop's id; taken where the product has none yet.</summary>
    [Id(1)] public string? SourceId { get; init; }

    /// <summary>The name.</summary>
    [Id(2)] public string? Name { get; init; }

    /// <summary>Of one, in minor units.</summary>
    [Id(3)] public long? Price { get; init; }

    /// <summary>The names of what its SKUs differ in.</summary>
    [Id(4)] public IReadOnlyList<string>? Attributes { get; init; }

    /// <summary>Where a picture is.</summary>
    [Id(5)] public string? ImageUrl { get; init; }

    /// <summary>A JSON object, merged key by key.</summary>
    [Id(6)] public RawJson? Metadata { get; init; }

    /// <summary>Refuse with <see cref="ProductResult.NotFound"/> instead of creating.</summary>
    [Id(7)] public bool MustExist { get; init; }

    /// <summary>The answer need not show the product: <see cref="ProductResult.Saved.Document"/> is null.</summary>
    [Id(8)] public bool IsQuiet { get; init; }
}

/// <summary>What the caller says of a SKU; what is not in <see cref="Present"/> stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("sku-command")]
public sealed record SkuCommand
{
    /// <summary>Which of the fields are given; one that is given as null is cleared.</summary>
    [Id(0)] public ProductFields Present { get; init; }

    /// <summary>The shop's id, unique over all products; taken where the SKU has none yet.</summary>
    [Id(1)] public string? SourceId { get; init; }

    /// <summary>The name.</summary>
    [Id(2)] public string? Sku { get; init; }

    /// <summary>Of one, in minor units.</summary>
    [Id(3)] public long? Price { get; init; }

    /// <summary>Of the price.</summary>
    [Id(4)] public string? Currency { get; init; }

    /// <summary>A JSON object: what it is in each of the product's attributes.</summary>
    [Id(5)] public RawJson? Attributes { get; init; }

    /// <summary>Where a picture is.</summary>
    [Id(6)] public string? ImageUrl { get; init; }

    /// <summary>A JSON object, merged key by key.</summary>
    [Id(7)] public RawJson? Metadata { get; init; }

    /// <summary>Refuse with <see cref="ProductResult.NotFound"/> instead of creating.</summary>
    [Id(8)] public bool MustExist { get; init; }
}

/// <summary>Fields of products and SKUs.</summary>
[Flags]
public enum ProductFields
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><see cref="ProductCommand.Name"/> or <see cref="SkuCommand.Sku"/>.</summary>
    Name = 1,

    /// <summary>The price.</summary>
    Price = 2,

    /// <summary><see cref="SkuCommand.Currency"/>.</summary>
    Currency = 4,

    /// <summary>The attributes.</summary>
    Attributes = 8,

    /// <summary>The picture.</summary>
    ImageUrl = 16,
}

/// <summary>Answer to a change of a product or a SKU.</summary>
[GenerateSerializer, Immutable, Alias("product-result")]
public abstract record ProductResult
{
    /// <summary>Durable: the product with its SKUs, or the SKU, as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson? Document) : ProductResult;

    /// <summary>There is no such object, <c>product</c> or <c>sku</c>.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : ProductResult;

    /// <summary>Another one has this source id.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string SourceId) : ProductResult;

    /// <summary>The SKU is one of another product.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.elsewhere")]
    public sealed record Elsewhere([property: Id(0)] string ProductId) : ProductResult;

    /// <summary>It would become more than there may be: which field, and why.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.invalid")]
    public sealed record Invalid([property: Id(0)] string Field, [property: Id(1)] string Rule) : ProductResult;

    /// <summary>Metadata is not as the project's schemas say.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : ProductResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.key-reused")]
    public sealed record KeyReused : ProductResult;

    /// <summary>The same request was done before, and what it saved was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("product-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Id) : ProductResult;
}
