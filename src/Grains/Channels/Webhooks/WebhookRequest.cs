using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Marketing.Channels.Webhooks;

/// <summary>Makes the HTTP request of one attempt: the body, signed twice, and the headers.</summary>
internal static class WebhookRequest
{
    public const string UserAgent = "Distributions-Webhooks/1.0";
    public const string IdHeader = "webhook-id";

    private const string TimestampHeader = "webhook-timestamp";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static HttpRequestMessage Create(CompiledWebhook webhook, OutboundMessage message, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var prefix = Encoding.UTF8.GetBytes($"{message.MessageId}.{timestamp}.");
        var signed = WebhookBody.Build(webhook, message, prefix);
        var body = signed.AsMemory(prefix.Length);

        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Json;
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Target) { Content = content };
        request.Headers.TryAddWithoutValidation(IdHeader, message.MessageId);
        request.Headers.TryAddWithoutValidation(TimestampHeader, timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.StandardHeader, WebhookSignature.Standard(secret, signed));
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, WebhookSignature.OfBody(secret, body.Span));

        var hasUserAgent = false;
        foreach (var (name, value) in webhook.Headers)
        {
            hasUserAgent |= name == "user-agent";
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                // A few names, as expires, belong to the content for .NET; on the wire there is no difference.
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (!hasUserAgent)
        {
            request.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        }

        return request;
    }
}
