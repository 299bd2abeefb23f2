namespace Marketing.Testing;

/// <summary>All attempts at a sink, in the order they began.</summary>
public sealed class SinkAttempts
{
    private readonly Lock _lock = new();
    private readonly List<SinkAttempt> _all = [];

    public IReadOnlyList<SinkAttempt> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Those the sink said yes to.</summary>
    public IEnumerable<SinkAttempt> Accepted => All.Where(attempt => attempt.AcceptedAt is not null);

    /// <summary>Completes when so many were accepted.</summary>
    public Task AcceptedAsync(int count, TimeSpan atMost) =>
        Wait.UntilAsync(() => Accepted.Count() >= count, atMost, () => $"{Accepted.Count()} of {count} were accepted within {atMost}");

    internal SinkAttempt Begin(string id)
    {
        var attempt = new SinkAttempt(id, DateTimeOffset.UtcNow);
        lock (_lock)
        {
            _all.Add(attempt);
        }

        return attempt;
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _all.Clear();
        }
    }
}
