namespace Marketing.Channels.Webhooks;

/// <summary>The time limits of attempts that follow each other: one timer and one source of cancellation, used again.</summary>
internal sealed class WebhookDeadline : IDisposable
{
    private CancellationTokenSource _source = new();

    /// <summary>Ends when the time is over. On the real clock even where a test moves another: a network does not get faster by that.</summary>
    public CancellationToken Start(TimeSpan timeout)
    {
        _source.CancelAfter(timeout);
        return _source.Token;
    }

    /// <summary>Ends when the time is over that was started last.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The attempt is over.</summary>
    public void Stop()
    {
        if (!_source.TryReset())
        {
            _source.Dispose();
            _source = new CancellationTokenSource();
        }
    }

    public void Dispose() => _source.Dispose();
}
