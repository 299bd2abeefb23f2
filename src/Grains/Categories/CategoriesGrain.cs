using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.Categories;

[GrainType("categories"), CollectionAgeLimit(Minutes = 2)]
internal sealed class CategoriesGrain(ITableStore<CategoryRow> store, IOperationStore operations, ICommitter committer, INumbers numbers, TimeProvider clock)
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
                return present is null ? new CategoryResult.Deleted() : new CategoryResult.Saved(View(present));
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
                return new CategoryResult.Saved(View(row));
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
                return new CategoryResult.Saved(View(row));
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
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<Category?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? View(row) : null;

    public async Task<IReadOnlyList<Category>> ListAsync(CancellationToken cancellation) =>
        [.. (await AllAsync(cancellation)).OrderBy(row => row.Hierarchy).ThenBy(row => row.Number).Select(View)];

    private async Task<IReadOnlyList<CategoryRow>> AllAsync(CancellationToken cancellation) =>
        (await store.ListAsync(Project, new TableQuery(null, Category.Most, 1), cancellation)).Items;

    private async Task<bool> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).IsDurable;
    }

    private static Category View(CategoryRow row) =>
        new() { Id = row.Id, Name = row.Name, Hierarchy = row.Hierarchy, CreatedAt = row.CreatedAt, UpdatedAt = row.UpdatedAt };
}
