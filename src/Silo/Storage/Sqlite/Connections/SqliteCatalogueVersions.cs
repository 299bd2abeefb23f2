namespace Marketing.Storage.Sqlite;

/// <summary>A single silo: the versions in its memory are all there are, and its writer is the only one.</summary>
internal sealed class SqliteCatalogueVersions(ICatalogueFence fence, ICommitter committer) : ICatalogueVersions
{
    private const int First = 1;

    private readonly Lock _advancing = new();

    public Task<long> ReadAsync(int project) => Task.FromResult(Math.Max(First, fence.CurrentVersion(project)));

    public Task AdvanceAsync(int project)
    {
        lock (_advancing)
        {
            fence.Observe(project, Math.Max(First, fence.CurrentVersion(project)) + 1);
        }

        return committer.FlushAsync();
    }
}
