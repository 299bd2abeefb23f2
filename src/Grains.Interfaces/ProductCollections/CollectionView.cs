using System.Text.Json.Serialization;

namespace Marketing.ProductCollections;

/// <summary>A product collection as it stands.</summary>
[GenerateSerializer, Immutable, Alias("product-collection")]
public sealed record CollectionView
{
    /// <summary><c>pc_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name, which no other of the project has.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>One of <see cref="CollectionTypes"/>.</summary>
    [Id(2)] public required string Type { get; init; }

    /// <summary>The filter; null for a static one.</summary>
    [Id(3)] public RawJson? Filter { get; init; }

    /// <summary>What is in a static one; null where a filter says it.</summary>
    [Id(4)] public IReadOnlyList<CollectionMember>? Members { get; init; }

    /// <summary>When it was created.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(6)] public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>A product or a SKU of a static collection.</summary>
/// <param name="Kind"><c>product</c> or <c>sku</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="ProductId">Of a SKU, the id of its product.</param>
/// <param name="SourceId">The shop's id, if it had one when the collection was created.</param>
[GenerateSerializer, Immutable, Alias("product-collection.member")]
public sealed record CollectionMember(
    [property: Id(0)] string Kind, [property: Id(1)] string Id, [property: Id(2)] string? ProductId = null, [property: Id(3)] string? SourceId = null)
{
    /// <summary>Whether it is a SKU.</summary>
    [JsonIgnore]
    public bool IsSku => Kind == "sku";
}

/// <summary>What a collection is to be.</summary>
[GenerateSerializer, Immutable, Alias("product-collection.draft")]
public sealed record CollectionDraft
{
    /// <summary>1..300 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>One of <see cref="CollectionTypes"/>.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary>Of one with a filter: a JSON object.</summary>
    [Id(2)] public RawJson? Filter { get; init; }

    /// <summary>Of a static one: at most <see cref="CollectionLimits.Members"/>, all of which there are.</summary>
    [Id(3)] public IReadOnlyList<CollectionMember> Members { get; init; } = [];
}

/// <summary>A change of a collection; what is null stays.</summary>
[GenerateSerializer, Immutable, Alias("product-collection.change")]
public sealed record CollectionChange
{
    /// <summary>The new name.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>The new filter; refused for a static collection.</summary>
    [Id(1)] public RawJson? Filter { get; init; }

    /// <summary>The type, which is fixed: another one is refused.</summary>
    [Id(2)] public string? Type { get; init; }

    /// <summary>The members, which are fixed: others are refused.</summary>
    [Id(3)] public IReadOnlyList<CollectionMember>? Members { get; init; }
}

/// <summary>Which products and SKUs of a collection to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c> or <c>updated_at</c>, with a leading <c>-</c> for descending.</param>
/// <param name="CreatedAt">By time of creation.</param>
[GenerateSerializer, Immutable, Alias("product-collection.products-query")]
public sealed record CollectedProductsQuery(
    [property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order, [property: Id(3)] TimeRange? CreatedAt = null);

/// <summary>The types of collections as they stand in requests.</summary>
public static class CollectionTypes
{
    /// <summary>The products and SKUs it was created with.</summary>
    public const string Static = "STATIC";

    /// <summary>The products and SKUs that meet its filter.</summary>
    public const string AutoUpdate = "AUTO_UPDATE";
}

/// <summary>How much there may be. Every silo keeps all collections of a project.</summary>
public static class CollectionLimits
{
    /// <summary>Collections of a project.</summary>
    public const int Collections = 500;

    /// <summary>Members of a static collection.</summary>
    public const int Members = 2_000;

    /// <summary>Members of all static collections of a project together.</summary>
    public const int MembersOfAll = 50_000;

    /// <summary>Names, in UTF-16 characters.</summary>
    public const int Name = 300;

    /// <summary>Products and SKUs that one page of a collection with a filter looks at.</summary>
    public const int LookedAt = 10_000;
}

/// <summary>Answer to a change of a collection.</summary>
[GenerateSerializer, Immutable, Alias("product-collection-result")]
public abstract record CollectionResult
{
    /// <summary>Durable, and known to every silo.</summary>
    [GenerateSerializer, Immutable, Alias("product-collection-result.saved")]
    public sealed record Saved([property: Id(0)] CollectionView Collection) : CollectionResult;

    /// <summary>There is no such collection.</summary>
    [GenerateSerializer, Immutable, Alias("product-collection-result.not-found")]
    public sealed record NotFound : CollectionResult;

    /// <summary>What is wrong with it, each with its place.</summary>
    [GenerateSerializer, Immutable, Alias("product-collection-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : CollectionResult;

    /// <summary>The project has as many as there may be.</summary>
    [GenerateSerializer, Immutable, Alias("product-collection-result.too-many")]
    public sealed record TooMany([property: Id(0)] string Rule) : CollectionResult;

    /// <summary>Another collection has the name.</summary>
    [GenerateSerializer, Immutable, Alias("product-collection-result.name-taken")]
    public sealed record NameTaken([property: Id(0)] string Name, [property: Id(1)] string Holder) : CollectionResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("product-collection-result.key-reused")]
    public sealed record KeyReused : CollectionResult;

    /// <summary>The same request was done before, and the collection was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("product-collection-result.deleted")]
    public sealed record Deleted : CollectionResult;
}
