namespace Marketing.Categories;

/// <summary>The categories of a project, by which discounts that are used together take their turn. Keyed by project number. When a change is answered, every silo decides by it.</summary>
[Alias("categories"), GrainInterfaceType("categories")]
public interface ICategoriesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a category under the id that is given. Repeating it with the same id changes nothing and answers the category as it is; with an idempotency key that made another
    /// one since deleted, <see cref="CategoryResult.Deleted"/>.
    /// </summary>
    /// <param name="id"><c>cat_…</c></param>
    /// <param name="name">1..300 characters.</param>
    /// <param name="hierarchy">Its place: 1 comes first. Two may have the same.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create")]
    Task<CategoryResult> CreateAsync(string id, string name, int hierarchy, CommandContext context);

    /// <summary>Changes name and place. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<CategoryResult> ChangeAsync(string id, string name, int hierarchy);

    /// <summary>Deletes the category. False when there is none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);

    /// <summary>The category, or null.</summary>
    [Alias("find")]
    Task<Category?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>All of them, by their place.</summary>
    [Alias("list")]
    Task<IReadOnlyList<Category>> ListAsync(CancellationToken cancellation = default);
}

/// <summary>A category.</summary>
[GenerateSerializer, Immutable, Alias("category")]
public sealed record Category
{
    /// <summary>The most that a project has.</summary>
    public const int Most = 1_000;

    /// <summary><c>cat_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>Its place: 1 comes first.</summary>
    [Id(2)] public required int Hierarchy { get; init; }

    /// <summary>When it was created.</summary>
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(4)] public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>Answer to a change of a category.</summary>
[GenerateSerializer, Immutable, Alias("category-result")]
public abstract record CategoryResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("category-result.saved")]
    public sealed record Saved([property: Id(0)] Category Category) : CategoryResult;

    /// <summary>There is no such category.</summary>
    [GenerateSerializer, Immutable, Alias("category-result.not-found")]
    public sealed record NotFound : CategoryResult;

    /// <summary>The project has <see cref="Category.Most"/>.</summary>
    [GenerateSerializer, Immutable, Alias("category-result.too-many")]
    public sealed record TooMany : CategoryResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("category-result.key-reused")]
    public sealed record KeyReused : CategoryResult;

    /// <summary>The same request was done before, and the category was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("category-result.deleted")]
    public sealed record Deleted : CategoryResult;
}

/// <summary>How the grains of categories are addressed.</summary>
public static class CategoryAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The categories of a project.</summary>
        public ICategoriesGrain Categories(int project) => grains.At<ICategoriesGrain>(GrainAddresses.Key(project));
    }
}
