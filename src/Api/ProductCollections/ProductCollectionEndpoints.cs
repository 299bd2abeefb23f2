using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.ProductCollections;

/// <summary>Product collections: products and SKUs that rules and discounts speak of together, fixed or by filter.</summary>
internal static class ProductCollectionEndpoints
{
    private const int MaxPage = 100;
    private const string Resource = "products_collection";

    public static void MapProductCollections(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/product-collections").WithTags("Product collections").WithPath("productCollectionId", "The id of the product collection.");
        group.MapPost("", CreateAsync).WithName("CreateProductCollection").Accepts<ProductCollectionRequest>("application/json").WithExample(ProductCollectionExamples.Collection);
        group.MapGet("", ListAsync).WithName("ListProductCollections").WithQuery(Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "updated_at"));
        group.MapGet("/{productCollectionId}", GetAsync).WithName("GetProductCollection");
        group.MapPut("/{productCollectionId}", ChangeAsync).WithName("UpdateProductCollection").Accepts<ProductCollectionChange>("application/json")
            .WithExample(ProductCollectionExamples.Change);
        group.MapDelete("/{productCollectionId}", DeleteAsync).WithName("DeleteProductCollection");
        group.MapGet("/{productCollectionId}/products", ProductsAsync).WithName("ListProductsOfCollection").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "updated_at"),
            Query.Instant("starting_after", "Only what was created after this time, or before it when the order is descending."));
    }

    /// <summary>
    /// Creates a collection: <c>STATIC</c> of the products and SKUs with the ids that are given, at most 2,000, or <c>AUTO_UPDATE</c> of those that meet a filter. A project has at most 500, and
    /// no two have the same name.
    /// </summary>
    internal static async Task<Results<Wire<ProductCollectionResponse>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var draft = ReadDraft(body.Object);
        var id = caller.NewId("pc_");
        return Answer(id, await grains.ProductCollections(caller.Number).CreateAsync(id, draft, caller.Context(body.Utf8.Span)));
    }

    /// <summary>Lists collections.</summary>
    internal static async Task<Wire<DataList<ProductCollectionResponse>>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.ProductCollectionQueries(caller.Number).ListAsync(
            query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at", "updated_at"), cancellation);
        return Wire.Ok(new DataList<ProductCollectionResponse>([.. page.Items.Select(ProductCollectionResponse.From)], page.Total));
    }

    /// <summary>One collection.</summary>
    internal static async Task<Results<Wire<ProductCollectionResponse>, ApiError>> GetAsync(
        string productCollectionId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe("pc_", productCollectionId) && await grains.ProductCollectionQueries(caller.Number).FindAsync(productCollectionId, cancellation) is { } collection
            ? Wire.Ok(ProductCollectionResponse.From(collection))
            : ApiError.NotFound(Resource, productCollectionId);

    /// <summary>Changes the name, and the filter of an <c>AUTO_UPDATE</c> collection, which takes the place of the one before. The products of a <c>STATIC</c> one are fixed.</summary>
    internal static async Task<Results<Wire<ProductCollectionResponse>, ApiError>> ChangeAsync(string productCollectionId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var change = new CollectionChange
        {
            Name = root.Any("name") is null ? null : root.RequiredText("name", CollectionLimits.Name),
            Filter = root.RawObject("filter"),
            Type = root.OneOf("type", CollectionTypes.Static, CollectionTypes.AutoUpdate),
            Members = ReadMembers(root),
        };
        return Ids.CanBe("pc_", productCollectionId)
            ? Answer(productCollectionId, await grains.ProductCollections(caller.Number).ChangeAsync(productCollectionId, change))
            : ApiError.NotFound(Resource, productCollectionId);
    }

    /// <summary>Deletes a collection. The products stay.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string productCollectionId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("pc_", productCollectionId) && await grains.ProductCollections(caller.Number).DeleteAsync(productCollectionId)
            ? TypedResults.NoContent()
            : ApiError.NotFound(Resource, productCollectionId);

    /// <summary>
    /// Lists the products and SKUs of a collection, SKUs with their product. Of an <c>AUTO_UPDATE</c> collection the first 10,000 products and SKUs of the project are looked at, in the order
    /// asked for; where there are more, <c>total</c> is what was found among them and <c>total_is_minimum</c> is true. <c>starting_after</c>, the <c>created_at</c> of what was read last, goes beyond.
    /// </summary>
    internal static async Task<Results<Wire<CollectedProductsResponse>, ApiError>> ProductsAsync(
        string productCollectionId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (order, start) = (query.Order("-created_at", "created_at", "updated_at"), query.Instant("starting_after"));
        var range = start is null ? null : order.StartsWith('-') ? new TimeRange(start, null) : new TimeRange(null, start);
        var asked = new CollectedProductsQuery(query.Limit(), query.Page(MaxPage), order, range);
        return Ids.CanBe("pc_", productCollectionId)
            && await grains.ProductCollectionQueries(caller.Number).ProductsAsync(productCollectionId, asked, cancellation) is { } page
            ? Wire.Ok(new CollectedProductsResponse(page.Items, page.Total) { TotalIsMinimum = page.TotalIsMinimum ? true : null })
            : ApiError.NotFound(Resource, productCollectionId);
    }

    private static CollectionDraft ReadDraft(Payload body)
    {
        var name = body.RequiredText("name", CollectionLimits.Name);
        var type = body.OneOf("type", CollectionTypes.Static, CollectionTypes.AutoUpdate) ?? throw body.Missing("type");
        var (filter, members) = (body.RawObject("filter"), ReadMembers(body));
        return type switch
        {
            CollectionTypes.Static when filter is not null => throw body.Refuse(".filter", $"is for collections of type {CollectionTypes.AutoUpdate}"),
            CollectionTypes.Static => new CollectionDraft { Name = name, Type = type, Members = members ?? [] },
            _ when members is { Count: > 0 } => throw body.Refuse(".products", $"is for collections of type {CollectionTypes.Static}"),
            _ => new CollectionDraft { Name = name, Type = type, Filter = filter ?? throw body.Missing("filter") },
        };
    }

    private static List<CollectionMember>? ReadMembers(Payload body)
    {
        if (body.List("products", CollectionLimits.Members) is not { } items)
        {
            return null;
        }

        var members = new List<CollectionMember>(items.Count);
        foreach (var item in items)
        {
            var member = item.AsObject();
            members.Add(new CollectionMember(
                member.OneOf("object", "product", "sku") ?? throw member.Missing("object"), member.Identifier("id") ?? throw member.Missing("id"), member.Identifier("product_id")));
        }

        return members;
    }

    private static Results<Wire<ProductCollectionResponse>, ApiError> Answer(string id, CollectionResult result) => result switch
    {
        CollectionResult.Saved saved => Wire.Ok(ProductCollectionResponse.From(saved.Collection)),
        CollectionResult.NotFound => ApiError.NotFound(Resource, id),
        CollectionResult.Invalid invalid => ApiError.InvalidFields(invalid.Problems),
        CollectionResult.TooMany many => ApiError.InvalidPayload(many.Rule),
        CollectionResult.NameTaken taken => ApiError.Duplicate(Resource, taken.Holder, $"Duplicated {Resource} exists with name {taken.Name}"),
        CollectionResult.KeyReused => ApiError.KeyReused(),
        CollectionResult.Deleted => ApiError.DeletedMeanwhile(Resource, id),
        _ => throw new UnreachableException(),
    };
}
