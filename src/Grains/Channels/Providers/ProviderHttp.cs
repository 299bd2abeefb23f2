using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Marketing.Channels.Webhooks;
using Microsoft.Extensions.Options;

namespace Marketing.Channels;

/// <summary>The one pool of HTTP connections to providers. Where they are is partly the project's to say, so only public addresses are called.</summary>
internal sealed class ProviderHttp : IDisposable
{
    private const int LongestAnswer = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _clock;

    public ProviderHttp(IOptions<WebhookOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = new GuardedConnector(options.Value.AllowPrivateNetworks).ConnectAsync,
            ConnectTimeout = Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            MaxResponseHeadersLength = 32,
        });
    }

    /// <summary>How long a call may take, from the first connect to the end of the answer.</summary>
    public TimeSpan Timeout { get; init; } = Patience;

    /// <summary>Sends once and reads the answer. Never throws for what the other side does.</summary>
    public async Task<ProviderAnswer> SendAsync(HttpRequestMessage request)
    {
        // On the real clock even where a test moves another: a network does not get faster by that.
        using var deadline = new CancellationTokenSource(Timeout);
        request.Headers.TryAddWithoutValidation("user-agent", WebhookHeaders.UserAgentValue);
        try
        {
            using var response = await _client.SendAsync(request, deadline.Token);
            return new ProviderAnswer
            {
                Status = (int)response.StatusCode,
                Body = await ReadAsync(response, deadline.Token),
                RetryAfter = RetryAfter.Of(response.Headers, _clock.GetUtcNow()) ?? Reset(response),
            };
        }
        catch (OperationCanceledException)
        {
            return new ProviderAnswer { NoAnswer = WebhookAnswer.TimedOut(Timeout) };
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new ProviderAnswer { NoAnswer = WebhookAnswer.From(error) };
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<JsonElement?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (body.Length < LongestAnswer && await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
        }

        try
        {
            return body.Length == 0 ? null : JsonElement.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Some say the second in which their window ends instead of how long that is.
    private TimeSpan? Reset(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("X-RateLimit-Reset", out var values) || !long.TryParse(values.First(), System.Globalization.CultureInfo.InvariantCulture, out var second))
        {
            return null;
        }

        var wait = second > 1_000_000_000 ? TimeSpan.FromSeconds(Math.Min(second - _clock.GetUtcNow().ToUnixTimeSeconds(), 86_400)) : TimeSpan.FromSeconds(Math.Min(second, 86_400));
        return wait > TimeSpan.Zero ? wait : null;
    }
}
