namespace Marketing.Channels;

/// <summary>A message that waits for its turn at a provider.</summary>
internal sealed class ConnectionSubmission(ProviderItem item, long since, Recall? recall) : Submission(since, recall)
{
    public ProviderItem Item => item;
}

/// <summary>The line in front of a provider, for one version of a connection.</summary>
internal sealed class ConnectionLine(ChannelConnection connection, IHttpProvider provider, BreakerOptions breaker, SendGate? gate, TimeProvider clock)
    : SubmissionLine<ConnectionSubmission>(connection.AtOnce(provider.AtOnce), Patience, clock, connection.IsPaused ? 0 : connection.AtOnce(provider.AtOnce) * provider.MostAtOnce)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ChannelConnection Connection => connection;

    public IHttpProvider Provider => provider;

    public SendGate? Gate => gate;

    public CircuitBreaker Breaker { get; } = new(breaker, clock);

    /// <summary>The next messages that one call takes, or null: then the worker is done.</summary>
    public List<ConnectionSubmission>? TakeBatchOrLeave()
    {
        if (TakeNextOrLeave() is not { } first)
        {
            return null;
        }

        List<ConnectionSubmission> batch = [first];
        while (batch.Count < provider.MostAtOnce && TakeNext() is { } next)
        {
            batch.Add(next);
        }

        return batch;
    }
}
