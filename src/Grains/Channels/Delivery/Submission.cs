namespace Marketing.Channels;

/// <summary>A message that waits for its turn on a connection. It can be called back until it has begun.</summary>
internal abstract class Submission
{
    // What follows an outcome is short, so it runs at once: a change of thread here would leave a connection waiting.
    private readonly TaskCompletionSource<DeliveryOutcome> _outcome = new();
    private readonly Recall? _recall;
    private volatile bool _isCalledBack;

    /// <param name="since">When it got in line; a timestamp of the line's clock.</param>
    /// <param name="recall">What may call it back.</param>
    protected Submission(long since, Recall? recall)
    {
        (Since, _recall) = (since, recall);
        if (recall?.TryAdd(this) == false)
        {
            CallBack();
        }
    }

    /// <summary>When it was decided that it goes out; null where that is not asked again.</summary>
    public long? DecidedAt => _recall?.LookAgain is null ? null : _recall.DecidedAt;

    /// <summary>What keeps it from going out by now; null for nothing.</summary>
    public Task<DeliveryOutcome?> LookAgainAsync(string messageId) => _recall!.LookAgain!(messageId);

    /// <summary>When it got in line, and then when it began.</summary>
    public long Since { get; private set; }

    public bool IsCalledBack => _isCalledBack;

    /// <summary>Whether the other side may have it; for the one worker that took it.</summary>
    public bool HasBegun { get; private set; }

    public Task<DeliveryOutcome> Outcome => _outcome.Task;

    /// <summary>From now on the other side may have it; for the one worker that took it. False when it was called back.</summary>
    public bool TryBegin(long now)
    {
        if (!HasBegun)
        {
            if (_recall?.TryLetGo(this) == false)
            {
                return false;
            }

            (HasBegun, Since) = (true, now);
        }

        return true;
    }

    public void CallBack()
    {
        _isCalledBack = true;
        _outcome.TrySetResult(DeliveryOutcome.NotBegun.Instance);
    }

    /// <summary>With an outcome, or with what kept it from having one; nothing where it was called back.</summary>
    public void Settle(DeliveryOutcome? outcome, Exception? failure)
    {
        // Also what never began, because it waited too long, is nobody's to call back any more.
        if (!HasBegun && _recall?.TryLetGo(this) == false)
        {
            return;
        }

        if (failure is not null)
        {
            _outcome.SetException(failure);
            return;
        }

        _outcome.SetResult(outcome!);
    }
}
