using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>The breakers of this silo, one per host and port. Each silo learns for itself.</summary>
internal sealed class HostBreakers(IOptions<WebhookOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, CircuitBreaker> _breakers = new(StringComparer.Ordinal);

    public CircuitBreaker For(string authority) =>
        _breakers.GetOrAdd(authority, static (_, self) => self.Create(), this);

    private CircuitBreaker Create() => new(options.Value.ToBreaker(), clock);
}
