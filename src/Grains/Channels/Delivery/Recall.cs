namespace Marketing.Channels;

/// <summary>Calls messages of one hand-off back that still wait for a connection.</summary>
/// <param name="decidedAt">When it was decided that they go out; a timestamp. Null where nothing is asked again.</param>
internal sealed class Recall(long? decidedAt = null)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Submission> _waiting = [];
    private bool _isOut;
    private int _called;

    public long? DecidedAt => decidedAt;

    /// <summary>Says of a message that waited what keeps it from going out by now, or null; set before the first one waits.</summary>
    public Func<string, Task<DeliveryOutcome?>>? LookAgain { get; set; }

    /// <summary>A message got in line. False when it is to turn round at once.</summary>
    public bool TryAdd(Submission submission)
    {
        lock (_lock)
        {
            if (!_isOut)
            {
                return _waiting.Add(submission);
            }

            _called++;
            return false;
        }
    }

    /// <summary>A message is to begin. False when it was called back before.</summary>
    public bool TryLetGo(Submission submission)
    {
        lock (_lock)
        {
            return _waiting.Remove(submission);
        }
    }

    /// <summary>Calls back what waits now or gets in line later; returns how many were called back so far.</summary>
    public int Call()
    {
        Submission[] waiting;
        int called;
        lock (_lock)
        {
            _isOut = true;
            waiting = [.. _waiting];
            _waiting.Clear();
            called = _called += waiting.Length;
        }

        foreach (var submission in waiting)
        {
            submission.CallBack();
        }

        return called;
    }
}
