namespace Marketing.Products;

// For the OpenAPI document; ProductReader reads it.

/// <summary>A product. What is not given stays as it is.</summary>
internal sealed record ProductRequest : ProductChange
{
    public string? Id { get; init; }

    /// <summary>The shop's own id; it stays once it is given.</summary>
    public string? SourceId { get; init; }
}

/// <summary>A product among many. What is not given stays as it is.</summary>
internal sealed record ProductOfMany : ProductChange
{
    /// <summary>The shop's own id of the product, which is made when there is none.</summary>
    public required string SourceId { get; init; }
}

/// <summary>Fields of a product. What is not given stays as it is.</summary>
internal record ProductChange
{
    public string? Name { get; init; }

    /// <summary>In minor units: 1250 for 12.50.</summary>
    public long? Price { get; init; }

    /// <summary>The names of what its SKUs differ in.</summary>
    public IReadOnlyList<string>? Attributes { get; init; }

    /// <summary>Merged key by key.</summary>
    public IReadOnlyDictionary<string, object>? Metadata { get; init; }

    public string? ImageUrl { get; init; }
}

/// <summary>A SKU. What is not given stays as it is.</summary>
internal sealed record SkuRequest : SkuChange
{
    public string? Id { get; init; }

    /// <summary>The shop's own id, unique over all products; it stays once it is given.</summary>
    public string? SourceId { get; init; }
}

/// <summary>Fields of a SKU. What is not given stays as it is.</summary>
internal record SkuChange
{
    /// <summary>The name.</summary>
    public string? Sku { get; init; }

    /// <summary>In minor units: 1250 for 12.50.</summary>
    public long? Price { get; init; }

    /// <summary>Of the price, three letters.</summary>
    public string? Currency { get; init; }

    /// <summary>What it is in each of the product's attributes.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    public string? ImageUrl { get; init; }

    /// <summary>Merged key by key.</summary>
    public IReadOnlyDictionary<string, object>? Metadata { get; init; }
}

/// <summary>The same metadata for many products.</summary>
internal sealed record ProductMetadataRequest
{
    public required IReadOnlyList<string> SourceIds { get; init; }

    public required IReadOnlyDictionary<string, object> Metadata { get; init; }
}
