using System.Buffers;
using System.Text.Json;

namespace Marketing.Activity;

/// <summary>The stored data of activity entries: the objects of the event besides the customer, who is added when it is read.</summary>
internal static class ActivityData
{
    public static readonly byte[] Empty = "{}"u8.ToArray();

    public static byte[] Segment(string id, string name) => Write(writer =>
    {
        writer.WriteStartObject("segment");
        writer.WriteString("id", id);
        writer.WriteString("name", name);
        writer.WriteString("object", "segment");
        writer.WriteEndObject();
    });

    public static byte[] Order(RawJson order) => Write(writer =>
    {
        writer.WriteNull("referrer");
        writer.WritePropertyName("order");
        writer.WriteRawValue(order.Utf8.Span, skipInputValidation: true);
        writer.WriteNull("redemption");
    });

    public static byte[] CustomEvent(string name, RawJson? metadata, RawJson? referral, RawJson? loyalty, DateTimeOffset at) => Write(writer =>
    {
        writer.WriteStartObject("event");
        writer.WriteString("object", "event");
        writer.WriteString("type", name);
        WriteRaw(writer, "metadata", metadata ?? RawJson.EmptyObject);
        writer.WriteString("created_at", WireJson.Text(at));
        writer.WriteEndObject();
        writer.WriteStartObject("event_schema");
        writer.WriteString("name", name);
        writer.WriteEndObject();
        WriteRaw(writer, "referral", referral);
        WriteRaw(writer, "loyalty", loyalty);
    });

    private static void WriteRaw(Utf8JsonWriter writer, string property, RawJson? value)
    {
        writer.WritePropertyName(property);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder, SkipValidation = true }))
        {
            writer.WriteStartObject();
            properties(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
