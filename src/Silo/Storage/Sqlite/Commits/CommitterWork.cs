using Marketing.Observability;

namespace Marketing.Storage.Sqlite;

/// <summary>Something the writer does as part of a transaction, and somebody who waits for it. Applying may be repeated after a rollback.</summary>
internal abstract class CommitterWork
{
    /// <summary>About how many rows it touches; transactions are kept short by it.</summary>
    public abstract int Weight { get; }

    public abstract void Apply(CommitSession session);

    /// <summary>It is on disk, or was refused: answer.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception failure);

    public virtual void CountIn(CommitTally tally)
    {
    }
}

/// <summary>A commit of a grain.</summary>
internal sealed class CommitWork(Commit commit) : CommitterWork
{
    // Otherwise the writer's thread would run the grain's next step.
    private readonly TaskCompletionSource<CommitOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CommitOutcome _outcome;

    public Task<CommitOutcome> Answer => _answer.Task;

    public override int Weight => commit.Weight;

    public override void Apply(CommitSession session) => _outcome = session.Apply(commit);

    public override void Complete() => _answer.TrySetResult(_outcome);

    public override void Fail(Exception failure) => _answer.TrySetException(failure);

    public override void CountIn(CommitTally tally) => tally.Add(commit, _outcome, Weight);
}

/// <summary>Bulk and control work: its failure undoes only itself.</summary>
internal sealed class ApartWork<T>(Func<CommitSession, T> work, int weight) : CommitterWork
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _result;
    private Exception? _failure;

    public Task<T> Answer => _answer.Task;

    public override int Weight => weight;

    public override void Apply(CommitSession session)
    {
        _failure = null;
        try
        {
            _result = session.RunApart(work);
        }
        catch (Exception failure) when (session.InTransaction && failure is not SqliteFailure { Unavailable: true })
        {
            _failure = failure;
        }
    }

    public override void Complete()
    {
        if (_failure is null)
        {
            _answer.TrySetResult(_result!);
        }
        else
        {
            _answer.TrySetException(_failure);
        }
    }

    public override void Fail(Exception failure) => _answer.TrySetException(failure);
}
