using Marketing.Catalogue;

namespace Marketing.MetadataSchemas;

/// <summary>
/// Where a grain asks, before it commits, whether metadata is as the project's schemas say. What is allowed is written with the version of the catalogue as a guard, so that no write goes by
/// a schema that was changed; what is refused is refused by the newest there is.
/// </summary>
internal sealed class MetadataCheck(Catalogues catalogues)
{
    /// <inheritdoc cref="MetadataSchemasSection.ProblemsOf"/>
    /// <param name="project">Whose.</param>
    /// <param name="resource">What it is the metadata of.</param>
    /// <param name="given">What is given.</param>
    /// <param name="result">What becomes of it.</param>
    /// <param name="isNew">Whether the object is made.</param>
    /// <param name="commits">Whether a commit with the answer's version follows; otherwise it is all there already, and no guard would tell of a newer schema.</param>
    public ValueTask<MetadataVerdict> OfAsync(int project, string resource, RawJson? given, RawJson? result, bool isNew, bool commits = true) =>
        OfAsync(project, catalogue => catalogue.MetadataSchemas.ProblemsOf(resource, given, result, isNew), commits || given is null);

    /// <summary>The same of several things at once.</summary>
    public async ValueTask<MetadataVerdict> OfAsync(int project, Func<CatalogueSnapshot, IReadOnlyList<FieldProblem>> problemsBy, bool commits = true)
    {
        var catalogue = commits ? await catalogues.GetAsync(project) : await catalogues.FreshAsync(project);
        var problems = problemsBy(catalogue);
        if (problems.Count > 0 && await catalogues.FreshAsync(project) is var fresh && fresh.Version > catalogue.Version)
        {
            (catalogue, problems) = (fresh, problemsBy(fresh));
        }

        return new MetadataVerdict(catalogue.Version, problems);
    }

    /// <summary>How cells of a file become metadata of a resource.</summary>
    public async ValueTask<MetadataCells> CellsOfAsync(int project, string resource) =>
        (await catalogues.FreshAsync(project)).MetadataSchemas.Of(resource) is { } schema ? new MetadataCells(schema) : MetadataCells.Texts;
}

/// <summary>Whether metadata can be written.</summary>
/// <param name="CatalogueVersion">For the commit that writes it.</param>
/// <param name="Problems">Why not; empty where it can.</param>
internal readonly record struct MetadataVerdict(long CatalogueVersion, IReadOnlyList<FieldProblem> Problems)
{
    public bool IsRefused => Problems is { Count: > 0 };
}
