using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// The queues of this silo, one per host and port, each with its breaker: a slow receiver keeps nobody waiting but those who write to it. Each silo
/// learns for itself. Those nobody has written to for long are put away.
/// </summary>
internal sealed class HostQueues : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, HostQueue> _queues = new(StringComparer.Ordinal);
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _look;

    public HostQueues(IOptions<WebhookOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options.Value, clock);
        _look = clock.CreateTimer(static self => ((HostQueues)self!).PutAwayUnused(), this, LookEvery, LookEvery);
    }

    public int Count => _queues.Count;

    public HostQueue For(string authority)
    {
        while (true)
        {
            var queue = _queues.GetOrAdd(authority, static (authority, self) => self.Create(authority), this);
            if (queue.TryUse())
            {
                return queue;
            }

            // Put away at this moment.
            _queues.TryRemove(KeyValuePair.Create(authority, queue));
        }
    }

    public void Dispose() => _look.Dispose();

    private void PutAwayUnused()
    {
        foreach (var entry in _queues)
        {
            if (entry.Value.TryPutAway())
            {
                _queues.TryRemove(entry);
            }
        }
    }

    private HostQueue Create(string authority) => new(authority, new CircuitBreaker(_options.ToBreaker(), _clock), _options, _clock);
}
