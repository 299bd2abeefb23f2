using System.Collections.Concurrent;
using Marketing.Channels.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Channels;

/// <summary>The lines of this silo in front of providers, one for each version of a connection, made when it is first needed.</summary>
internal sealed class ConnectionLines(
    IConnections connections, SendGates gates, ProviderHttp http, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<ConnectionWorker> logger)
{
    private readonly ConcurrentDictionary<ChannelConnection, ConnectionLine> _lines = new(ReferenceEqualityComparer.Instance);

    public HandOverWindow WindowOf(ChannelConnection connection, IHttpProvider provider) => Of(connection, provider).Window;

    /// <summary>Gets in line, and ends when it is known what became of it.</summary>
    public Task<DeliveryOutcome> DeliverAsync(ChannelConnection connection, IHttpProvider provider, ProviderItem item, Recall? recall)
    {
        var line = Of(connection, provider);
        var submission = new ConnectionSubmission(item, clock.GetTimestamp(), recall);
        if (line.Add(submission))
        {
            ThreadPool.UnsafeQueueUserWorkItem(new ConnectionWorker(line, connections, http, logger), preferLocal: false);
        }

        return submission.Outcome;
    }

    /// <summary>Tests a connection by a call of its own, within its limit.</summary>
    public async Task<ConnectionCheck> TestAsync(ChannelConnection connection, IProvider provider)
    {
        try
        {
            return await provider.TestAsync(new ProviderCall(connection, http, gates.Of(connection), isFirstFree: false));
        }
        catch (Exception unclear) when (unclear is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return new ConnectionCheck(false, "The answer of the provider was not understood.");
        }
    }

    private ConnectionLine Of(ChannelConnection connection, IHttpProvider provider)
    {
        if (_lines.TryGetValue(connection, out var line))
        {
            return line;
        }

        // Rare: so is that one is over, which is noticed here.
        foreach (var old in _lines.Keys.Where(known => !connections.IsCurrent(known)))
        {
            _lines.TryRemove(old, out _);
        }

        return _lines.GetOrAdd(connection, made => new ConnectionLine(made, provider, options.Value.ToBreaker(), gates.Of(made), clock));
    }
}
