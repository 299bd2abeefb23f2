namespace Marketing.Storage;

/// <summary>
/// What else becomes true with commits, whoever makes them: asked by the committer before each is written. For what only concerns customers there are watches of customers, who are asked while it is decided.
/// </summary>
internal abstract class CommitWatch
{
    /// <summary>Whether there may be anything to add. Asked for every commit of the silo, so it has to cost next to nothing where there is not.</summary>
    public abstract bool Concerns(Commit commit);

    /// <summary>Adds rows to a commit that it concerns. Asked again where a commit is given again.</summary>
    public abstract ValueTask AddAsync(Commit commit);

    /// <summary>A commit that it concerned is durable. Must not wait.</summary>
    public abstract void Committed(Commit commit);
}
