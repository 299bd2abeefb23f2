using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Marketing.Channels.Webhooks;

namespace Marketing.Webhooks;

/// <summary>Something that happened, under one of the names that webhooks know it by.</summary>
/// <param name="Type">The name.</param>
/// <param name="EventId">The event's id, the same under all its names.</param>
/// <param name="EntityId">What it happened to.</param>
/// <param name="At">When.</param>
/// <param name="GroupId">The request that caused it; null where nobody knows.</param>
/// <param name="Channel">Where the request came from.</param>
/// <param name="Customer">The number of the customer it is about; null for nobody.</param>
/// <param name="Data">The objects of the event, a JSON object.</param>
internal sealed record Announcement(string Type, string EventId, string EntityId, DateTimeOffset At, string? GroupId, string Channel, long? Customer, byte[] Data)
{
    /// <summary>What is owed to a webhook of it.</summary>
    public SendoutRow OwedTo(WebhookEntry webhook, string projectId, long number)
    {
        var id = ObjectIds.New("whs_");
        return new SendoutRow
        {
            Number = number,
            Id = id,
            Webhook = webhook.Number,
            Customer = Customer,
            Type = Type,
            Status = SendoutRow.Owed,
            DueAt = At,
            CreatedAt = At,
            Body = SendoutBody.Write(id, projectId, webhook.Row, this),
        };
    }
}

/// <summary>What is posted: the product's envelope around the objects of the event. Written once, so that every attempt has the same bytes.</summary>
internal static class SendoutBody
{
    public static byte[] Write(string sendoutId, string projectId, WebhookRow webhook, Announcement announced)
    {
        var buffer = new ArrayBufferWriter<byte>(announced.Data.Length + 512);
        using var json = new Utf8JsonWriter(buffer, MinimalJsonEncoder.Compact);
        var at = announced.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("id"u8, sendoutId);
        json.WriteString("project_id"u8, projectId);
        json.WriteString("created_at"u8, at);
        json.WriteString("type"u8, announced.Type);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(announced.Data, skipInputValidation: true);

        json.WriteStartObject("source"u8);
        json.WriteString("id"u8, webhook.Id);
        json.WriteString("object"u8, "webhook"u8);
        json.WriteString("target_url"u8, webhook.TargetUrl);
        json.WriteEndObject();

        json.WriteStartObject("event"u8);
        json.WriteString("id"u8, announced.EventId);
        json.WriteString("type"u8, announced.Type);
        json.WriteString("created_at"u8, at);
        json.WriteString("entity_id"u8, announced.EntityId);
        json.WriteString("group_id"u8, announced.GroupId);
        json.WriteStartObject("event_source"u8);
        json.WriteString("channel"u8, announced.Channel);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
