namespace Marketing.Storage;

/// <summary>The silo's group-committer: all writes of the data plane go through it.</summary>
internal interface ICommitter
{
    /// <summary>
    /// Answers when the commit is durable, or says why it had no effect. Throws <see cref="StorageUnavailableException"/> when the
    /// database does not answer: then nothing is known, and the same commit may be given again; <see cref="StorageRefusedException"/> when
    /// it does not take what the commit holds.
    /// </summary>
    Task<CommitOutcome> CommitAsync(Commit commit);

    /// <summary>Answers when every commit given before was written or refused.</summary>
    Task FlushAsync();
}
