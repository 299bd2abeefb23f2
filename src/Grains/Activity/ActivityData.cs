using System.Buffers;
using System.Text.Json;
using Marketing.Shapes;

namespace Marketing.Activity;

/// <summary>The stored data of activity entries: the objects of the event besides the customer, who is added when it is read.</summary>
internal static class ActivityData
{
    public static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>One object under the name of its shape.</summary>
    public static byte[] Of(Shape shape, object of) => Write(json =>
    {
        json.WritePropertyName(shape.Name);
        shape.Write(json, of);
    });

    /// <summary>An object of these properties.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> properties)
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
