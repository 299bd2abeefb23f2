using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Marketing.Storage;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>The one pool of connections to receivers, and one attempt over it.</summary>
internal sealed class WebhookTransport : IDisposable
{
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(1);

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
            var answer = WebhookAnswer.From(response, _clock);
            return !response.IsSuccessStatusCode && await BeginningAsync(response, deadline.Token) is { } said ? answer with { Outcome = answer.Outcome with { Answer = said } } : answer;
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

    // For whoever wants to know why: no more of it than is shown. Who is slow to say why is not waited for, and what cannot be read is left out.
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ReadingTime);
        var (bytes, length) = (new byte[AttemptNote.LongestAnswer * 4], 0);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            for (var read = 1; read > 0 && length < bytes.Length; length += read)
            {
                read = await body.ReadAsync(bytes.AsMemory(length), patience.Token);
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            // What came until then is shown.
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length).Trim();
        return text.Length == 0 ? null : $"HTTP {(int)response.StatusCode}: {text}";
    }
}
