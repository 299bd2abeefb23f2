using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>Writes the body of a delivery. The same message gives the same bytes as long as the customer does not change.</summary>
internal static class WebhookBody
{
    private const string MessagePrefix = "msg_";

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText ProjectId = JsonEncodedText.Encode("project_id");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText Object = JsonEncodedText.Encode("object");
    private static readonly JsonEncodedText Distribution = JsonEncodedText.Encode("distribution");
    private static readonly JsonEncodedText TargetUrl = JsonEncodedText.Encode("target_url");
    private static readonly JsonEncodedText Event = JsonEncodedText.Encode("event");
    private static readonly JsonEncodedText EntityId = JsonEncodedText.Encode("entity_id");
    private static readonly JsonEncodedText GroupId = JsonEncodedText.Encode("group_id");
    private static readonly JsonEncodedText EventSource = JsonEncodedText.Encode("event_source");
    private static readonly JsonEncodedText Channel = JsonEncodedText.Encode("channel");

    /// <summary>The body as bytes of their own.</summary>
    public static byte[] Build(CompiledWebhook webhook, OutboundMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, MinimalJsonEncoder.Compact);
        Write(webhook, message, writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(CompiledWebhook webhook, OutboundMessage message, Utf8JsonWriter writer)
    {
        if (webhook.IsRaw)
        {
            webhook.Payload!.Write(message, writer);
        }
        else
        {
            WriteEnvelope(webhook, message, writer);
        }
    }

    private static void WriteEnvelope(CompiledWebhook webhook, OutboundMessage message, Utf8JsonWriter writer)
    {
        var trigger = message.Trigger;
        Span<byte> text = stackalloc byte[32];
        trigger.CreatedAt.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> createdAt = text[..length];
        writer.WriteStartObject();
        writer.WriteString(Id, SendoutId(message.MessageId));
        writer.WriteString(ProjectId, message.ProjectId);

        // Not the time of this attempt: receivers may tell repetitions by equal bodies.
        writer.WriteString(CreatedAt, createdAt);
        writer.WriteString(Type, webhook.EventName);

        writer.WritePropertyName(Data);
        if (webhook.Payload is { } payload)
        {
            payload.Write(message, writer);
        }
        else
        {
            EventData.Write(message, webhook.Fields, writer);
        }

        writer.WriteStartObject(Source);
        writer.WriteString(Id, message.DistributionId);
        writer.WriteString(Object, Distribution);
        writer.WriteString(TargetUrl, webhook.TargetUrl);
        writer.WriteEndObject();

        writer.WriteStartObject(Event);
        writer.WriteString(Id, trigger.EventId);
        writer.WriteString(Type, trigger.Type);
        writer.WriteString(CreatedAt, createdAt);
        writer.WriteString(EntityId, message.Recipient.Id);
        writer.WriteString(GroupId, trigger.GroupId);
        writer.WriteStartObject(EventSource);
        writer.WriteString(Channel, trigger.Source);
        writer.WriteEndObject();
        writer.WriteEndObject();

        writer.WriteEndObject();
    }

    private static string SendoutId(string messageId) =>
        "whs_" + (messageId.StartsWith(MessagePrefix, StringComparison.Ordinal) ? messageId[MessagePrefix.Length..] : messageId);
}
