namespace Marketing.Channels.Webhooks;

/// <summary>The time limits of attempts that follow each other: one timer and one source of cancellation, used again.</summary>
internal sealed class WebhookDeadline : IDisposable
{
    private CancellationTokenSource _source = new();
    private CancellationTokenRegistration _caller;

    /// <summary>Ends when the time is over or the caller breaks off. On the real clock even where a test moves another: a network does not get faster by that.</summary>
    public CancellationToken Start(TimeSpan timeout, CancellationToken caller)
    {
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _source.CancelAfter(timeout);
        return _source.Token;
    }

    /// <summary>The attempt is over, and nothing of it holds the token any more.</summary>
    public void Stop()
    {
        _caller.Dispose();
        if (!_source.TryReset())
        {
            _source.Dispose();
            _source = new CancellationTokenSource();
        }
    }

    public void Dispose() => _source.Dispose();
}
