namespace Marketing.Channels;

/// <summary>
/// Keeps one receiver that does not answer from holding all connections. Closed: calls pass. Open: calls are refused until the
/// pause is over. Half-open: one call, the probe, decides whether the receiver is back or the next, longer pause begins.
/// </summary>
internal sealed class CircuitBreaker(BreakerOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private int _failures;
    private TimeSpan _pause;
    private DateTimeOffset _failingSince;
    private DateTimeOffset? _openUntil;
    private bool _probing;

    /// <summary>Closed, and no failure is counted: a new one would be the same.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (_lock)
            {
                return _openUntil is null && _failures == 0;
            }
        }
    }

    /// <summary>Asks for a call. One that is allowed must be reported, also when it was broken off.</summary>
    public BreakerEntry Enter()
    {
        lock (_lock)
        {
            if (_openUntil is not { } until)
            {
                return new BreakerEntry(Allowed: true);
            }

            var now = clock.GetUtcNow();
            if (now >= until && !_probing)
            {
                _probing = true;
                return new BreakerEntry(Allowed: true, IsProbe: true);
            }

            var wait = _probing ? options.ProbeWait : until - now;
            return new BreakerEntry(Allowed: false, RetryAfter: wait, BurnsAttempt: now - _failingSince >= options.Patience);
        }
    }

    /// <summary>Says how an allowed call ended. Returns what changed, for the log.</summary>
    public BreakerChange Report(BreakerEntry entry, ReceiverHealth health)
    {
        lock (_lock)
        {
            if (entry.IsProbe)
            {
                _probing = false;
            }

            return health switch
            {
                ReceiverHealth.Answering => Close(),
                ReceiverHealth.Failing => Fail(entry.IsProbe),
                _ => BreakerChange.None,
            };
        }
    }

    private BreakerChange Close()
    {
        var wasOpen = _openUntil is not null;
        _failures = 0;
        _openUntil = null;
        return wasOpen ? BreakerChange.Closed : BreakerChange.None;
    }

    private BreakerChange Fail(bool isProbe)
    {
        if (_openUntil is not null && !isProbe)
        {
            // Left before the breaker opened: old news must not lengthen the pause.
            return BreakerChange.None;
        }

        var now = clock.GetUtcNow();
        if (_failures++ == 0)
        {
            _failingSince = now;
        }

        if (isProbe)
        {
            _pause = _pause * 2 < options.MaxPause ? _pause * 2 : options.MaxPause;
            _openUntil = now + _pause;
            return BreakerChange.None;
        }

        if (_failures < options.Threshold)
        {
            return BreakerChange.None;
        }

        _pause = options.FirstPause;
        _openUntil = now + _pause;
        return BreakerChange.Opened;
    }
}
