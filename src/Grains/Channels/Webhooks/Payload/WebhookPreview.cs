using System.Buffers;
using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>Shows a delivery to the author. Without signatures, so nobody can pass a preview off as a delivery.</summary>
internal static class WebhookPreview
{
    public static RawJson Of(OutboundMessage message, ChannelConnection? connection)
    {
        var webhook = CompiledWebhook.Of(message.Channel, connection);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, MinimalJsonEncoder.Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("method"u8, "POST"u8);
            writer.WriteString("url"u8, webhook.TargetUrl);
            writer.WriteStartObject("headers"u8);
            writer.WriteString("content-type"u8, "application/json"u8);
            if (!webhook.HasUserAgent)
            {
                writer.WriteString(WebhookHeaders.UserAgent, WebhookHeaders.UserAgentValue);
            }

            writer.WriteString(WebhookHeaders.Id, message.MessageId);
            foreach (var (name, value) in webhook.Shown)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("body"u8);
            if (webhook.Problem is { } problem)
            {
                // A draft may be looked at before it is complete.
                writer.WriteNullValue();
                writer.WriteString("problem"u8, problem);
            }
            else
            {
                writer.WriteRawValue(WebhookBody.Build(webhook, message), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return new RawJson(output.WrittenSpan.ToArray());
    }
}
