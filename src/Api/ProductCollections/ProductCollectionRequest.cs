namespace Marketing.ProductCollections;

// For the OpenAPI document; ProductCollectionEndpoints reads it.

/// <summary>What defines a product collection.</summary>
internal sealed record ProductCollectionRequest : ProductCollectionChange
{
    /// <summary><c>STATIC</c>: the products and SKUs that are given. <c>AUTO_UPDATE</c>: those that meet the filter, as they change.</summary>
    public required string Type { get; init; }

    /// <summary>Of a <c>STATIC</c> collection.</summary>
    public IReadOnlyList<CollectionMemberBody>? Products { get; init; }
}

/// <summary>What can be changed of a product collection.</summary>
internal record ProductCollectionChange
{
    public string? Name { get; init; }

    /// <summary>Of an <c>AUTO_UPDATE</c> collection: <c>{"junction":"and","FIELD":{"conditions":{"$OPERATOR":VALUE}}}</c>.</summary>
    public IReadOnlyDictionary<string, object>? Filter { get; init; }
}

/// <summary>A product or a SKU of a collection.</summary>
internal sealed record CollectionMemberBody
{
    public required string Id { get; init; }

    /// <summary>Of a SKU: the id of its product.</summary>
    public string? ProductId { get; init; }

    /// <summary><c>product</c> or <c>sku</c>.</summary>
    public required string Object { get; init; }

    public static CollectionMemberBody From(CollectionMember member) => new() { Id = member.Id, ProductId = member.ProductId, Object = member.Kind };
}

/// <summary>A product collection.</summary>
internal sealed record ProductCollectionResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>STATIC</c> or <c>AUTO_UPDATE</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Of an <c>AUTO_UPDATE</c> collection.</summary>
    public RawJson? Filter { get; init; }

    /// <summary>Of a <c>STATIC</c> collection.</summary>
    public IReadOnlyList<CollectionMemberBody>? Products { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string Object { get; } = "products_collection";

    public static ProductCollectionResponse From(CollectionView collection) => new()
    {
        Id = collection.Id,
        Name = collection.Name,
        Type = collection.Type,
        Filter = collection.Filter,
        Products = collection.Members is { } members ? [.. members.Select(CollectionMemberBody.From)] : null,
        CreatedAt = collection.CreatedAt,
        UpdatedAt = collection.UpdatedAt,
    };
}

/// <summary>A page of the products and SKUs of a collection.</summary>
internal sealed record CollectedProductsResponse(IReadOnlyList<RawJson> Data, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    /// <summary>Whether there may be more than total.</summary>
    public bool? TotalIsMinimum { get; init; }
}

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class ProductCollectionExamples
{
    public const string Collection = """
        {"name":"Walnut over 50","type":"AUTO_UPDATE","filter":{"junction":"and","metadata.wood":{"conditions":{"$is":["walnut"]}},"price":{"conditions":{"$more_than":[5000]}}}}
        """;

    public const string Change = """{"name":"Walnut over 60","filter":{"junction":"and","metadata.wood":{"conditions":{"$is":["walnut"]}},"price":{"conditions":{"$more_than":[6000]}}}}""";
}
