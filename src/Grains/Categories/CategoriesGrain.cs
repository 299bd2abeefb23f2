using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.Categories;

[GrainType("categories"), CollectionAgeLimit(Minutes = 2)]
internal sealed class CategoriesGrain(ITableStore<CategoryRow> store, IOperationStore operations, ICommitter committer, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, ICategoriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<CategoryResult> CreateAsync(string id, string name, int hierarchy, CommandContext context)
    {
        while (true)
        {
            var present = await store.FindAsync(Project, id);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new CategoryResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                // Whoever asked first may have died before the silos heard of it.
                return present is null ? new CategoryResult.Deleted() : await KnownAsync(present);
            }

            if ((await AllAsync(CancellationToken.None)).Count >= Category.Most)
            {
                return new CategoryResult.TooMany();
            }

            var row = new CategoryRow(await numbers.NextAsync(CategoryTable.Categories.Numbers), id, 0, name, hierarchy, clock.GetStoredNow(), null);
            var commit = new Commit { Project = Project };
            commit.Rows.Add(CategoryTable.Categories.Save(row));
            commit.Operation = context.Remember(null, clock.GetUtcNow());
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return await KnownAsync(row);
            }
        }
    }

    public async Task<CategoryResult> ChangeAsync(string id, string name, int hierarchy)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var row = present with { Name = name, Hierarchy = hierarchy };
            row = row == present ? row : row with { UpdatedAt = clock.GetStoredNow() };
            if (row == present || await CommitAsync(CategoryTable.Categories.Save(row)))
            {
                return await KnownAsync(row);
            }
        }

        return new CategoryResult.NotFound();
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (await CommitAsync(CategoryTable.Categories.Delete(present)))
            {
                await catalogues.ChangedAsync(Project);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<Category?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? CategoryTable.View(row) : null;

    public async Task<IReadOnlyList<Category>> ListAsync(CancellationToken cancellation) =>
        [.. (await AllAsync(cancellation)).OrderBy(row => row.Hierarchy).ThenBy(row => row.Number).Select(CategoryTable.View)];

    private async Task<IReadOnlyList<CategoryRow>> AllAsync(CancellationToken cancellation) =>
        (await store.ListAsync(Project, new TableQuery(null, Category.Most, 1), cancellation)).Items;

    private async Task<CategoryResult> KnownAsync(CategoryRow row)
    {
        await catalogues.ChangedAsync(Project);
        return new CategoryResult.Saved(CategoryTable.View(row));
    }

    private async Task<bool> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).IsDurable;
    }
}
