using Marketing.Catalogue;

namespace Marketing.Categories;

/// <summary>Where a grain has the category looked up that a body names. What is refused is refused by the newest there is.</summary>
internal sealed class CategoryCheck(Catalogues catalogues)
{
    /// <inheritdoc cref="CategoryChoice.Settle"/>
    /// <param name="project">Whose.</param>
    /// <param name="given">Fields as they were given.</param>
    public async ValueTask<(RawJson Fields, FieldProblem? Problem)> SettleAsync(int project, RawJson given)
    {
        var settled = CategoryChoice.Settle(given, (await catalogues.GetAsync(project)).Section<CategorySection>());
        return settled.Problem is null ? settled : CategoryChoice.Settle(given, (await catalogues.FreshAsync(project)).Section<CategorySection>());
    }
}
