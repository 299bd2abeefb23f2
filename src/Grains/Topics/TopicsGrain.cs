using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.Topics;

[GrainType("topics"), CollectionAgeLimit(Minutes = 2)]
internal sealed class TopicsGrain(
    ITableStore<TopicRow> store, IOperationStore operations, ICommitter committer, Catalogues catalogues, IEnumerable<ITopicUser> users, INumbers numbers, TimeProvider clock) : Grain, ITopicsGrain
{
    private const int MostNamed = 10;

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<TopicResult> CreateAsync(string id, string name, string? description, CommandContext context)
    {
        while (true)
        {
            var present = await store.FindAsync(Project, id);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new TopicResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                // Whoever asked first may have died before the silos heard of it.
                return present is null ? new TopicResult.Deleted() : await KnownAsync(present);
            }

            var all = await store.AllAsync(Project);
            if (all.Count >= Topic.Most)
            {
                return new TopicResult.TooMany();
            }

            if (all.FirstOrDefault(other => other.Name == name) is { } named)
            {
                return new TopicResult.NameTaken(named.Id);
            }

            var row = new TopicRow(await numbers.NextAsync(TopicTable.Topics.Numbers), id, 0, name, description is "" ? null : description, clock.GetStoredNow(), null);
            var commit = new Commit { Project = Project };
            commit.Rows.Add(TopicTable.Topics.Save(row));
            commit.Operation = context.Remember(null, clock.GetUtcNow());
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return await KnownAsync(row);
            }
        }
    }

    public async Task<TopicResult> ChangeAsync(string id, string? name, string? description)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var row = present with { Name = name ?? present.Name, Description = description is "" ? null : description ?? present.Description };
            if (row.Name != present.Name && (await store.AllAsync(Project)).FirstOrDefault(other => other.Id != id && other.Name == row.Name) is { } named)
            {
                return new TopicResult.NameTaken(named.Id);
            }

            row = row == present ? row : row with { UpdatedAt = clock.GetStoredNow() };
            if (row == present || await CommitAsync(TopicTable.Topics.Save(row)))
            {
                return await KnownAsync(row);
            }
        }

        return new TopicResult.NotFound();
    }

    public async Task<TopicResult?> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var catalogue = await catalogues.FreshAsync(Project);
            if (users.SelectMany(user => user.UsersOf(id, catalogue)).Take(MostNamed).ToArray() is { Length: > 0 } used)
            {
                return new TopicResult.InUse(used);
            }

            if (await CommitAsync(TopicTable.Topics.Delete(present)))
            {
                await catalogues.ChangedAsync(Project);
                return null;
            }
        }

        return RepeatedCalls.IsCurrent ? null : new TopicResult.NotFound();
    }

    public async Task<Topic?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? TopicTable.View(row) : null;

    public async Task<IReadOnlyList<Topic>> ListAsync(CancellationToken cancellation) =>
        [.. (await store.AllAsync(Project)).OrderBy(static row => row.Number).Select(TopicTable.View)];

    private async Task<TopicResult> KnownAsync(TopicRow row)
    {
        await catalogues.ChangedAsync(Project);
        return new TopicResult.Saved(TopicTable.View(row));
    }

    private async Task<bool> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).IsDurable;
    }
}
