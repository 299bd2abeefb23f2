using System.Globalization;
using System.Text;
using Marketing.Channels;
using Marketing.Channels.Webhooks;
using Microsoft.Extensions.Options;

namespace Marketing.Webhooks;

/// <summary>What an attempt came to.</summary>
/// <param name="Outcome">For the sendout.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Text">The beginning of the answer; null where there was none.</param>
internal sealed record SendoutAnswer(DeliveryOutcome Outcome, int? Status, string? Text);

/// <summary>
/// Posts sendouts, under the rules that hold for the webhooks of distributions: public addresses only, no redirects, a time limit. Over connections of its own, so that whoever answers slowly here delays no
/// message there.
/// </summary>
internal sealed class SendoutClient : IDisposable
{
    // Characters of four bytes each are the most that is kept.
    private const int MostRead = Sendout.LongestAnswer * 4;

    private readonly HttpMessageInvoker _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public SendoutClient(IOptions<WebhookOptions> options, TimeProvider clock)
    {
        (_timeout, _clock) = (options.Value.Timeout, clock);
        var handler = WebhookTransport.HandlerOf(options.Value, new GuardedConnector(options.Value.AllowPrivateNetworks));

        // Each webhook has a few at once; one of them must not wait for those of another to the same host.
        handler.MaxConnectionsPerServer = int.MaxValue;
        _client = new HttpMessageInvoker(handler);
    }

    /// <summary>Posts once.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="secrets">Of the webhook: a signature each.</param>
    /// <param name="projectSecret">Of the project, for receivers that know the product's signature; empty for none.</param>
    /// <param name="id">Of the sendout.</param>
    /// <param name="body">What is posted.</param>
    public async Task<SendoutAnswer> PostAsync(Uri target, IReadOnlyList<string> secrets, string projectSecret, string id, byte[] body)
    {
        using var request = Request(target, secrets, projectSecret, id, body, _clock.GetUtcNow());

        // On the real clock even where a test moves another: a network does not get faster by that.
        using var limit = new CancellationTokenSource(_timeout);
        try
        {
            using var response = await _client.SendAsync(request, limit.Token);
            return new SendoutAnswer(WebhookAnswer.From(response, _clock).Outcome, (int)response.StatusCode, await BeginningAsync(response, limit.Token));
        }
        catch (OperationCanceledException)
        {
            return new SendoutAnswer(WebhookAnswer.TimedOut(_timeout).Outcome, null, null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new SendoutAnswer(WebhookAnswer.From(error).Outcome, null, null);
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(Uri target, IReadOnlyList<string> secrets, string projectSecret, string id, byte[] body, DateTimeOffset now)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation(WebhookHeaders.ContentType, "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation(WebhookHeaders.Id, id);
        request.Headers.TryAddWithoutValidation(WebhookHeaders.Timestamp, timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.StandardHeader, SendoutSignature.Of(secrets, id, timestamp, body));
        if (projectSecret.Length > 0)
        {
            using var signature = new WebhookSignature(projectSecret);
            request.Headers.TryAddWithoutValidation(WebhookSignature.Header, signature.OfBody(body));
        }

        request.Headers.TryAddWithoutValidation(WebhookHeaders.UserAgent, WebhookHeaders.UserAgentValue);
        return request;
    }

    // The status is the answer; who does not get round to its text said enough.
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken limit)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(limit);
            var buffer = new byte[MostRead];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, limit);
            return PlainText.Start(PlainText.Storable(Encoding.UTF8.GetString(buffer, 0, read)), Sendout.LongestAnswer);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            return null;
        }
    }
}
