using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// Makes the HTTP requests of one worker: the body, signed twice, and the headers. A request lives in buffers that the next one
/// overwrites.
/// </summary>
internal sealed class WebhookComposer : IDisposable
{
    private const int KeptCapacity = 64 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(2048);
    private Utf8JsonWriter? _writer;
    private WebhookSignature? _signature;
    private long _second;
    private string _timestamp = "";

    public HttpRequestMessage Compose(CompiledWebhook webhook, OutboundMessage message, string secret, DateTimeOffset now)
    {
        if (_buffer.Capacity > KeptCapacity)
        {
            Abandon();
        }

        var timestamp = Timestamp(now);
        var signature = Signature(secret);

        // Id, time and body in one piece: that is what the standard signature is taken over, and its tail is what is sent.
        _buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(message.MessageId, _buffer);
        _buffer.Write("."u8);
        Encoding.UTF8.GetBytes(timestamp, _buffer);
        _buffer.Write("."u8);
        var prefix = _buffer.WrittenCount;
        _writer ??= new Utf8JsonWriter(_buffer, MinimalJsonEncoder.Compact);
        _writer.Reset(_buffer);
        WebhookBody.Write(webhook, message, _writer);
        _writer.Flush();
        var signed = _buffer.WrittenMemory;
        var body = signed[prefix..];

        var content = new ReadOnlyMemoryContent(body);
        content.Headers.TryAddWithoutValidation(WebhookHeaders.ContentType, "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Target) { Content = content };
        request.Headers.TryAddWithoutValidation(WebhookHeaders.Id, message.MessageId);
        request.Headers.TryAddWithoutValidation(WebhookHeaders.Timestamp, timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.StandardHeader, signature.Standard(signed.Span));
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, signature.OfBody(body.Span));
        AddOwn(webhook, request.Headers, content.Headers);
        if (!webhook.HasUserAgent)
        {
            request.Headers.TryAddWithoutValidation(WebhookHeaders.UserAgent, WebhookHeaders.UserAgentValue);
        }

        return request;
    }

    /// <summary>Leaves the buffers to a request that may still read them.</summary>
    public void Abandon() => (_buffer, _writer) = (new ArrayBufferWriter<byte>(2048), null);

    public void Dispose() => _signature?.Dispose();

    private static void AddOwn(CompiledWebhook webhook, HttpRequestHeaders headers, HttpContentHeaders content)
    {
        foreach (var (name, value) in webhook.Headers)
        {
            if (!headers.TryAddWithoutValidation(name, value))
            {
                // A few names, as expires, belong to the content for .NET; on the wire there is no difference.
                content.TryAddWithoutValidation(name, value);
            }
        }
    }

    private string Timestamp(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (second != _second)
        {
            (_second, _timestamp) = (second, second.ToString(CultureInfo.InvariantCulture));
        }

        return _timestamp;
    }

    // A receiver is most often that of one project.
    private WebhookSignature Signature(string secret)
    {
        if (_signature?.Secret != secret)
        {
            _signature?.Dispose();
            _signature = new WebhookSignature(secret);
        }

        return _signature;
    }
}
