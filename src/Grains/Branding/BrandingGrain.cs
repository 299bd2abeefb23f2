using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.Branding;

[GrainType("branding"), CollectionAgeLimit(Minutes = 2)]
internal sealed class BrandingGrain(ITableStore<BrandRow> store, ICommitter committer, Catalogues catalogues, INumbers numbers, TimeProvider clock) : Grain, IBrandingGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<BrandResult> CreateAsync(BrandDetails details)
    {
        while (true)
        {
            if (await FindRowAsync() is { } present)
            {
                return present.Id == details.Id ? new BrandResult.Saved(await KnownAsync(present)) : new BrandResult.Exists();
            }

            if (await InsertAsync(details) is { } row)
            {
                return new BrandResult.Saved(await KnownAsync(row));
            }
        }
    }

    public async Task<BrandResult> ChangeAsync(BrandDetails details)
    {
        while (await FindRowAsync() is { } present && present.Id == details.Id)
        {
            if (await ReplaceAsync(present, details) is { } row)
            {
                return new BrandResult.Saved(await KnownAsync(row));
            }
        }

        return new BrandResult.NotFound();
    }

    public async Task<BrandDetails> SaveAsync(BrandDetails details)
    {
        while (true)
        {
            var row = await FindRowAsync() is { } present ? await ReplaceAsync(present, details with { Id = present.Id }) : await InsertAsync(details);
            if (row is not null)
            {
                return await KnownAsync(row);
            }
        }
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await FindRowAsync() is { } present && present.Id == id)
        {
            if (await CommitAsync(BrandTable.Brands.Delete(present)))
            {
                await catalogues.ChangedAsync(Project);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<BrandDetails?> FindAsync(CancellationToken cancellation) => await FindRowAsync() is { } row ? BrandTable.View(row) : null;

    private async Task<BrandRow?> FindRowAsync() => (await store.AllAsync(Project)).SingleOrDefault();

    private async Task<BrandRow?> InsertAsync(BrandDetails details)
    {
        var row = new BrandRow(await numbers.NextAsync(BrandTable.Brands.Numbers), details.Id, 0, BrandTable.Write(details), clock.GetStoredNow());
        return await CommitAsync(BrandTable.Brands.Save(row)) ? row : null;
    }

    private async Task<BrandRow?> ReplaceAsync(BrandRow present, BrandDetails details)
    {
        var row = present with { Details = BrandTable.Write(details) };
        return row == present || await CommitAsync(BrandTable.Brands.Save(row)) ? row : null;
    }

    private async Task<BrandDetails> KnownAsync(BrandRow row)
    {
        await catalogues.ChangedAsync(Project);
        return BrandTable.View(row);
    }

    private async Task<bool> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).IsDurable;
    }
}
