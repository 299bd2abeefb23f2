using Marketing.Storage;

namespace Marketing.Catalogue;

/// <summary>Makes a change of segments or distributions known to every silo.</summary>
internal interface ICatalogueBroadcast
{
    /// <summary>
    /// When this returned, every commit on every silo is matched against the change, and those matched before it are written.
    /// </summary>
    Task ChangedAsync(int project);
}

/// <summary>A single silo: its own copy is all there is.</summary>
internal sealed class SingleSiloBroadcast(Catalogues catalogues, ICommitter committer) : ICatalogueBroadcast
{
    public async Task ChangedAsync(int project)
    {
        await catalogues.RefreshAsync(project);
        await committer.FlushAsync();
    }
}
