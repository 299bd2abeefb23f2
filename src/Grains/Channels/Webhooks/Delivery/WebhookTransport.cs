using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>The one pool of connections to receivers, and one attempt over it.</summary>
internal sealed class WebhookTransport : IDisposable
{
    private readonly HttpMessageInvoker _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public WebhookTransport(IOptions<WebhookOptions> options, TimeProvider clock)
        : this(options, clock, new GuardedConnector(options.Value.AllowPrivateNetworks))
    {
    }

    internal WebhookTransport(IOptions<WebhookOptions> options, TimeProvider clock, GuardedConnector connector)
    {
        _timeout = options.Value.Timeout;
        _clock = clock;
        _client = new HttpMessageInvoker(HandlerOf(options.Value, connector));
    }

    /// <summary>A pool of connections that keeps the rules: checked addresses only, no redirects, no more of an answer than has to be.</summary>
    public static SocketsHttpHandler HandlerOf(WebhookOptions options, GuardedConnector connector) => new()
    {
        ConnectCallback = connector.ConnectAsync,
        ConnectTimeout = options.Timeout,
        MaxConnectionsPerServer = options.MaxConnectionsPerServer,

        // Names are looked up, and addresses checked, again from time to time.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,

        // Trace ids of this system are none of the receivers' business.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        MaxResponseHeadersLength = 32,

        // Answers are not read, or only begun, and drained by the handler behind our back so that the connection can be used again.
        MaxResponseDrainSize = options.MaxResponseBytes,
        ResponseDrainTimeout = options.Timeout,
    };

    /// <summary>Sends once.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<WebhookAnswer> SendAsync(HttpRequestMessage request, WebhookDeadline deadline)
    {
        try
        {
            using var response = await _client.SendAsync(request, deadline.Start(_timeout));
            return WebhookAnswer.From(response, _clock);
        }
        catch (OperationCanceledException)
        {
            return WebhookAnswer.TimedOut(_timeout);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return WebhookAnswer.From(error);
        }
        finally
        {
            deadline.Stop();
        }
    }

    public void Dispose() => _client.Dispose();
}
