using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.Discounts;

[GrainType("stacking-rules"), CollectionAgeLimit(Minutes = 2)]
internal sealed class StackingRulesGrain(ITableStore<StackingRulesRow> store, ICommitter committer, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, IStackingRulesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<StackingRulesResult> CreateAsync(string id, RawJson rules)
    {
        while (true)
        {
            if (await store.FindAsync(Project, id) is { } present)
            {
                // Whoever asked first may have died before the silos heard of it.
                return await KnownAsync(present);
            }

            var row = new StackingRulesRow(await numbers.NextAsync(StackingRulesTable.Rules.Numbers), id, 0, StackingRulesDocument.After(null, rules), clock.GetStoredNow(), null);
            if (StackingRulesDocument.Read(row).Problems is { Count: > 0 } problems)
            {
                return new StackingRulesResult.Invalid(problems);
            }

            switch (await CommitAsync(StackingRulesTable.Rules.Save(row)))
            {
                case null:
                    return await KnownAsync(row);
                case Guard.Unique:
                    return new StackingRulesResult.Exists();
                default:
                    break;
            }
        }
    }

    public async Task<StackingRulesResult> ChangeAsync(string id, RawJson rules)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var row = present with { Said = StackingRulesDocument.After(present.Said, rules) };
            if (StackingRulesDocument.Read(row).Problems is { Count: > 0 } problems)
            {
                return new StackingRulesResult.Invalid(problems);
            }

            row = row == present ? row : row with { UpdatedAt = clock.GetStoredNow() };
            if (row == present || await CommitAsync(StackingRulesTable.Rules.Save(row)) is null)
            {
                return await KnownAsync(row);
            }
        }

        return new StackingRulesResult.NotFound();
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (await CommitAsync(StackingRulesTable.Rules.Delete(present)) is null)
            {
                await catalogues.ChangedAsync(Project);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<RawJson?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? StackingRulesDocument.View(row) : null;

    public async Task<RawJson> CurrentAsync(CancellationToken cancellation) => StackingRulesDocument.View((await store.AllAsync(Project)).SingleOrDefault());

    private async Task<StackingRulesResult> KnownAsync(StackingRulesRow row)
    {
        await catalogues.ChangedAsync(Project);
        return new StackingRulesResult.Saved(StackingRulesDocument.View(row));
    }

    // The guard that did not hold.
    private async Task<Guard?> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).RefusedBy;
    }
}
