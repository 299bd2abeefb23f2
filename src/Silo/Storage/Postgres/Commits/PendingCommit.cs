using System.Diagnostics;

namespace Marketing.Storage.Postgres;

/// <summary>A commit on its way, and who waits for it.</summary>
internal sealed class PendingCommit(Commit commit)
{
    // Otherwise the writer would run the grain's next step.
    private readonly TaskCompletionSource<CommitOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Commit Commit => commit;

    public Task<CommitOutcome> Answer => _answer.Task;

    /// <summary>About how many rows it touches; transactions are kept short by it.</summary>
    public int Weight { get; } = commit.Weight;

    /// <summary>What the last attempt decided; it holds once the transaction is committed.</summary>
    public CommitOutcome Outcome { get; set; }

    /// <summary>Left out of the last attempt because of a lock that somebody else holds.</summary>
    public bool IsHeldUp { get; set; }

    /// <summary>When it was held up first, on the stopwatch.</summary>
    public long? HeldUpSince { get; set; }

    /// <summary>Whether it has been held up for longer than it is to be.</summary>
    public bool IsHeldUpFor(TimeSpan patience) => HeldUpSince is { } since && Stopwatch.GetElapsedTime(since) >= patience;

    /// <summary>Waits for a row that somebody else holds, itself or behind one that does. Belongs to the line.</summary>
    public bool IsStuck { get; set; }

    /// <summary>How many earlier commits with a key of this one are unfinished. Belongs to the line.</summary>
    public int WaitsFor { get; set; }

    /// <summary>The commits that wait for this one. Belongs to the line.</summary>
    public List<PendingCommit>? Followers { get; set; }

    public void Complete() => _answer.TrySetResult(Outcome);

    public void Fail(Exception failure) => _answer.TrySetException(failure);
}
