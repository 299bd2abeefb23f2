namespace Marketing.Testing;

/// <summary>One attempt to hand a message to a sink: a mail whose content came in, or an HTTP request.</summary>
/// <param name="id">The message's, which mails and webhooks carry.</param>
/// <param name="begunAt">When the content of the mail, or the request, came in.</param>
public sealed class SinkAttempt(string id, DateTimeOffset begunAt)
{
    private long _acceptedAt;

    public string Id => id;

    public DateTimeOffset BegunAt => begunAt;

    /// <summary>When the sink had said yes (250, or 2xx), whether or not anybody was left to hear it; null: it did not, or not yet.</summary>
    public DateTimeOffset? AcceptedAt => Interlocked.Read(ref _acceptedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal void Accept() => Interlocked.Exchange(ref _acceptedAt, DateTimeOffset.UtcNow.Ticks);
}
