namespace Marketing.Channels.Webhooks;

/// <summary>The line in front of one receiver.</summary>
internal sealed class HostQueue(string authority, CircuitBreaker breaker, WebhookOptions options, TimeProvider clock)
    : SubmissionLine<WebhookSubmission>(options.MaxConnectionsPerServer, options.Timeout, clock)
{
    private const long PutAway = long.MinValue;

    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    // What is known of a receiver that fails is needed until the retries of its messages are over.
    private static readonly TimeSpan LongUnused = TimeSpan.FromHours(25);

    private readonly TimeProvider _clock = clock;
    private long _used = clock.GetTimestamp();

    /// <summary>Host and port.</summary>
    public string Authority => authority;

    public CircuitBreaker Breaker => breaker;

    /// <summary>Notes that somebody needs it. False when it was put away.</summary>
    public bool TryUse()
    {
        var now = _clock.GetTimestamp();
        while (true)
        {
            var used = Volatile.Read(ref _used);
            if (used == PutAway)
            {
                return false;
            }

            // Not with every message: they are read by all cores.
            if (_clock.GetElapsedTime(used, now) < TimeSpan.FromSeconds(1) || Interlocked.CompareExchange(ref _used, now, used) == used)
            {
                return true;
            }
        }
    }

    /// <summary>Puts it away when nobody has needed it for long and nothing is known of the receiver that anybody would miss.</summary>
    public bool TryPutAway()
    {
        var used = Volatile.Read(ref _used);
        return used != PutAway && _clock.GetElapsedTime(used) >= (breaker.IsAtRest ? Unused : LongUnused) && IsIdle &&
            Interlocked.CompareExchange(ref _used, PutAway, used) == used;
    }
}
