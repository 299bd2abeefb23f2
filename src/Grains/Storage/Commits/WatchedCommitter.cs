namespace Marketing.Storage;

/// <summary>The silo's committer with those who watch commits in front of it.</summary>
/// <param name="committer">Writes.</param>
/// <param name="watches">Asked for with the first commit: watches need stores, which stand on the committer.</param>
internal sealed class WatchedCommitter(ICommitter committer, Func<IEnumerable<CommitWatch>> watches) : ICommitter
{
    private CommitWatch[]? _watches;

    public Task<CommitOutcome> CommitAsync(Commit commit)
    {
        foreach (var watch in _watches ??= [.. watches()])
        {
            if (watch.Concerns(commit))
            {
                return WatchedAsync(commit, _watches);
            }
        }

        return committer.CommitAsync(commit);
    }

    public Task FlushAsync() => committer.FlushAsync();

    private async Task<CommitOutcome> WatchedAsync(Commit commit, CommitWatch[] all)
    {
        var concerned = Array.FindAll(all, watch => watch.Concerns(commit));
        foreach (var watch in concerned)
        {
            await watch.AddAsync(commit);
        }

        var outcome = await committer.CommitAsync(commit);
        if (outcome.IsDurable)
        {
            foreach (var watch in concerned)
            {
                watch.Committed(commit);
            }
        }

        return outcome;
    }
}
