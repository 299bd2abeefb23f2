using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Categories;

/// <summary>Categories: by which discounts that are used together take their turn.</summary>
internal static class CategoryEndpoints
{
    private const string Example = """{"name":"Seasonal","hierarchy":1}""";
    private const int LargestHierarchy = 1_000_000;

    public static void MapCategories(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/categories").WithTags("Categories").WithPath("categoryId", "The id of the category.");
        group.MapPost("", CreateAsync).WithName("CreateCategory").Accepts<CategoryRequest>("application/json").WithExample(Example);
        group.MapGet("", ListAsync).WithName("ListCategories");
        group.MapGet("/{categoryId}", GetAsync).WithName("GetCategory");
        group.MapPut("/{categoryId}", UpdateAsync).WithName("UpdateCategory").Accepts<CategoryRequest>("application/json").WithExample(Example);
        group.MapDelete("/{categoryId}", DeleteAsync).WithName("DeleteCategory");
    }

    /// <summary>Creates a category. A project has at most 1,000.</summary>
    internal static async Task<Results<Wire<CategoryResponse>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var (name, hierarchy) = Read(body.Object);
        var id = caller.NewId("cat_");
        return Answer(await grains.Categories(caller.Number).CreateAsync(id, name, hierarchy, caller.Context(body.Utf8.Span)), id);
    }

    /// <summary>Lists all categories, by their place.</summary>
    internal static async Task<Wire<DataList<CategoryResponse>>> ListAsync(Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        var categories = await grains.Categories(caller.Number).ListAsync(cancellation);
        return Wire.Ok(new DataList<CategoryResponse>([.. categories.Select(CategoryResponse.From)], categories.Count));
    }

    /// <summary>One category.</summary>
    internal static async Task<Results<Wire<CategoryResponse>, ApiError>> GetAsync(string categoryId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe("cat_", categoryId) && await grains.Categories(caller.Number).FindAsync(categoryId, cancellation) is { } category
            ? Wire.Ok(CategoryResponse.From(category))
            : ApiError.NotFound("category", categoryId);

    /// <summary>Changes name and place of a category. Where it has them already, it stays as it is.</summary>
    internal static async Task<Results<Wire<CategoryResponse>, ApiError>> UpdateAsync(string categoryId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var (name, hierarchy) = Read(body.Object);
        return Ids.CanBe("cat_", categoryId)
            ? Answer(await grains.Categories(caller.Number).ChangeAsync(categoryId, name, hierarchy), categoryId, changes: true)
            : ApiError.NotFound("category", categoryId);
    }

    /// <summary>Deletes a category.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string categoryId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("cat_", categoryId) && await grains.Categories(caller.Number).DeleteAsync(categoryId)
            ? TypedResults.NoContent()
            : ApiError.NotFound("category", categoryId);

    private static (string Name, int Hierarchy) Read(Payload body)
    {
        var name = body.RequiredText("name", TextLimits.Name);
        return (name, (int)(body.Integer("hierarchy", 0, LargestHierarchy) ?? throw body.Missing("hierarchy")));
    }

    // Who changes something is told when that was, also where there was nothing to change.
    private static Results<Wire<CategoryResponse>, ApiError> Answer(CategoryResult result, string id, bool changes = false) => result switch
    {
        CategoryResult.Saved { Category: var category } => Wire.Ok(CategoryResponse.From(changes ? category with { UpdatedAt = category.UpdatedAt ?? category.CreatedAt } : category)),
        CategoryResult.NotFound => ApiError.NotFound("category", id),
        CategoryResult.TooMany => ApiError.InvalidPayload($"A project has at most {Category.Most} categories"),
        CategoryResult.KeyReused => ApiError.KeyReused(),
        CategoryResult.Deleted => ApiError.DeletedMeanwhile("category", id),
        _ => throw new UnreachableException(),
    };
}

/// <summary>A category.</summary>
internal sealed record CategoryRequest
{
    public required string Name { get; init; }

    /// <summary>Its place: 1 comes first. Two may have the same.</summary>
    public required int Hierarchy { get; init; }
}

/// <summary>A category.</summary>
internal sealed record CategoryResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Its place: 1 comes first.</summary>
    public required int Hierarchy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string Object { get; } = "category";

    public static CategoryResponse From(Category category) => new()
    {
        Id = category.Id,
        Name = category.Name,
        Hierarchy = category.Hierarchy,
        CreatedAt = category.CreatedAt,
        UpdatedAt = category.UpdatedAt,
    };
}
