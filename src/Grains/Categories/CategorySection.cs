using System.Collections.Frozen;
using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Categories;

/// <summary>The categories of a project. Immutable.</summary>
internal sealed class CategorySection
{
    private readonly FrozenDictionary<string, Category> _byId;

    public CategorySection(IReadOnlyList<Category> all)
    {
        All = all;
        _byId = all.ToFrozenDictionary(static category => category.Id, StringComparer.Ordinal);
    }

    /// <summary>All of them, by their place.</summary>
    public IReadOnlyList<Category> All { get; }

    /// <summary>The category with an id; null where there is none, as when it was deleted.</summary>
    public Category? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    /// <summary>The category with a name; of several the one that comes first.</summary>
    public Category? FindByName(string name) => All.FirstOrDefault(category => category.Name == name);
}

/// <summary>Reads the categories of a project.</summary>
internal sealed class CategorySectionReader(ITableStore<CategoryRow> store) : SectionReader<CategorySection>
{
    public override IReadOnlyList<string> Tables => ["categories"];

    protected override async ValueTask<CategorySection> ReadAsync(int project, CategorySection? before) =>
        new([.. (await store.AllAsync(project)).OrderBy(static row => row.Hierarchy).ThenBy(static row => row.Number).Select(CategoryTable.View)]);
}
