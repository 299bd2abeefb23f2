namespace Marketing.Channels.Webhooks;

/// <summary>
/// Messages that wait for one receiver, and how many workers there are to take them: as many as there may be connections. So a
/// request is made when a connection is free for it, and its timeout is the receiver's alone.
/// </summary>
internal sealed class HostQueue(string authority, HostBreaker breaker, WebhookOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<WebhookSubmission> _waiting = [];
    private int _working;

    /// <summary>Host and port.</summary>
    public string Authority => authority;

    public HostBreaker Breaker => breaker;

    /// <summary>Gets in line; true if another worker is to start.</summary>
    public bool Add(WebhookSubmission submission)
    {
        lock (_lock)
        {
            _waiting.Enqueue(submission);
            if (_working == options.MaxConnectionsPerServer)
            {
                return false;
            }

            _working++;
            return true;
        }
    }

    /// <summary>The next message, or null: then the worker is done.</summary>
    public WebhookSubmission? TakeNextOrLeave()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var submission))
            {
                return submission;
            }

            _working--;
            return null;
        }
    }

    /// <summary>Whether a message has waited longer than one should: a hand-off to a receiver that is slow must come to an end too.</summary>
    public bool IsLate(WebhookSubmission submission) => clock.GetElapsedTime(submission.Since) > options.Timeout;
}
