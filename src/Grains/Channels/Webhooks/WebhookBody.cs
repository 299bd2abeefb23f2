using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>Writes the body of a delivery. The same message gives the same bytes as long as the customer does not change.</summary>
internal static class WebhookBody
{
    private const int KeptCapacity = 256 * 1024;
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

    // A body is written without interruption, so one buffer per thread is enough.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>The prefix, then the body, in one array: that is what the standard signature is taken over, and its tail is what is sent.</summary>
    public static byte[] Build(CompiledWebhook webhook, OutboundMessage message, ReadOnlySpan<byte> prefix)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        buffer.Write(prefix);
        var writer = t_writer ??= new Utf8JsonWriter(buffer, JsonText.Compact);
        writer.Reset(buffer);

        if (webhook.IsRaw)
        {
            webhook.Payload!.Write(message, writer);
        }
        else
        {
            WriteEnvelope(webhook, message, writer);
        }

        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > KeptCapacity)
        {
            (t_buffer, t_writer) = (null, null);
        }

        return bytes;
    }

    private static void WriteEnvelope(CompiledWebhook webhook, OutboundMessage message, Utf8JsonWriter writer)
    {
        var trigger = message.Trigger;
        writer.WriteStartObject();
        writer.WriteString(Id, SendoutId(message.MessageId));
        writer.WriteString(ProjectId, message.ProjectId);

        // Not the time of this attempt: receivers may tell repetitions by equal bodies.
        WriteTime(CreatedAt, trigger.CreatedAt, writer);
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
        WriteTime(CreatedAt, trigger.CreatedAt, writer);
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

    private static void WriteTime(JsonEncodedText name, DateTimeOffset time, Utf8JsonWriter writer)
    {
        Span<byte> text = stackalloc byte[32];
        time.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..length]);
    }
}
