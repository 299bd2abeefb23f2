namespace Marketing.Channels.Webhooks;

/// <summary>
/// Keeps one receiver that does not answer from holding all connections. Closed: calls pass. Open: calls are refused until the
/// pause is over. Half-open: one call, the probe, decides whether the receiver is back or the next, longer pause begins.
/// </summary>
internal sealed class HostBreaker(WebhookOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private int _failures;
    private TimeSpan _pause;
    private DateTimeOffset _failingSince;
    private DateTimeOffset? _openUntil;
    private bool _probing;

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

            // While the probe is out its answer is at most one timeout away.
            var wait = _probing ? options.Timeout : until - now;
            return new BreakerEntry(Allowed: false, RetryAfter: wait, BurnsAttempt: now - _failingSince >= options.BreakerPatience);
        }
    }

    /// <summary>Says how an allowed call ended. Returns what changed, for the log.</summary>
    public BreakerChange Report(BreakerEntry entry, HostHealth health)
    {
        lock (_lock)
        {
            if (entry.IsProbe)
            {
                _probing = false;
            }

            return health switch
            {
                HostHealth.Answering => Close(),
                HostHealth.Failing => Fail(entry.IsProbe),
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
            _pause = _pause * 2 < options.BreakerMaxPause ? _pause * 2 : options.BreakerMaxPause;
            _openUntil = now + _pause;
            return BreakerChange.None;
        }

        if (_failures < options.BreakerThreshold)
        {
            return BreakerChange.None;
        }

        _pause = options.BreakerFirstPause;
        _openUntil = now + _pause;
        return BreakerChange.Opened;
    }
}
