namespace Marketing.Channels;

/// <summary>
/// Messages that wait for one receiver, and how many workers there are to take them: as many as there may be connections. So a
/// message is begun when a connection is free for it, and its timeout is the receiver's alone.
/// </summary>
/// <param name="connections">How many there may be.</param>
/// <param name="patience">How long a message should wait at most.</param>
/// <param name="clock">By which it is measured.</param>
/// <param name="room">How many may be marked where that is not as many as there are connections; 0 for none.</param>
internal abstract class SubmissionLine<TSubmission>(int connections, TimeSpan patience, TimeProvider clock, int? room = null)
    where TSubmission : Submission
{
    // Who unsubscribes gets nothing that begins a second later: what was decided this long ago is decided again before it begins.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Queue<TSubmission> _waiting = [];
    private int _working;

    /// <summary>What may be marked for this receiver.</summary>
    public HandOverWindow Window { get; } = new(room ?? connections, clock);

    /// <summary>Whether nothing waits, is under way or asks for room.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0 && _working == 0 && Window.IsIdle;
            }
        }
    }

    /// <summary>Gets in line; true if another worker is to start.</summary>
    public bool Add(TSubmission submission)
    {
        lock (_lock)
        {
            _waiting.Enqueue(submission);
            if (_working == connections)
            {
                return false;
            }

            _working++;
            return true;
        }
    }

    /// <summary>The next message, if one waits.</summary>
    public TSubmission? TakeNext()
    {
        lock (_lock)
        {
            return Dequeue();
        }
    }

    /// <summary>The next message, or null: then the worker is done.</summary>
    public TSubmission? TakeNextOrLeave() => TakeNextOrLeave<object?>(null, static _ => { });

    /// <summary>A message is no longer under way.</summary>
    public void Ended(TSubmission submission)
    {
        if (submission.HasBegun)
        {
            Window.Took(clock.GetElapsedTime(submission.Since));
        }
    }

    /// <summary>Whether a message has waited longer than one should: a hand-off to a receiver that is slow must come to an end too.</summary>
    public bool IsLate(TSubmission submission) => clock.GetElapsedTime(submission.Since) > patience;

    /// <summary>Whether it is long ago that it was decided that a message goes out, and is to be asked again.</summary>
    public bool IsStale(TSubmission submission) => submission.DecidedAt is { } decided && !submission.HasBegun && clock.GetElapsedTime(decided) > Fresh;

    /// <summary>The receiver gets it now. False when it was called back.</summary>
    public bool TryBegin(TSubmission submission)
    {
        if (submission.HasBegun)
        {
            return true;
        }

        var (since, now) = (submission.Since, clock.GetTimestamp());
        if (!submission.TryBegin(now))
        {
            return false;
        }

        Window.Waited(clock.GetElapsedTime(since, now));
        return true;
    }

    /// <summary>The same as without, and what the worker leaves behind is put away in the same moment.</summary>
    protected TSubmission? TakeNextOrLeave<TState>(TState state, Action<TState> putAway)
    {
        lock (_lock)
        {
            if (Dequeue() is { } next)
            {
                return next;
            }

            putAway(state);
            _working--;
        }

        Window.Idle();
        return null;
    }

    private TSubmission? Dequeue()
    {
        while (_waiting.TryDequeue(out var submission))
        {
            if (!submission.IsCalledBack)
            {
                return submission;
            }
        }

        return null;
    }
}
