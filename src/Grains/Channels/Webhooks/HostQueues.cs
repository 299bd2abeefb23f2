using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>The queues of this silo, one per host and port: a slow receiver keeps nobody waiting but those who write to it.</summary>
internal sealed class HostQueues(HostBreakers breakers, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, HostQueue> _queues = new(StringComparer.Ordinal);

    public HostQueue For(string authority) =>
        _queues.GetOrAdd(authority, static (authority, self) => self.Create(authority), this);

    private HostQueue Create(string authority) => new(authority, breakers.For(authority), options.Value, clock);
}
