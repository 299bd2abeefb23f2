using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Marketing.Http;

internal readonly partial struct Payload
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>An object that is carried without being looked at: metadata, a filter.</summary>
    public RawJson? RawObject(string name, int maxBytes = TextLimits.RawBytes)
    {
        if (!Given(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object ? new Payload(value, $"{Path}.{name}").Raw(maxBytes) : throw WrongType(name, "object");
    }

    /// <summary>This value as compact JSON that owns its memory. Of fields that are there twice, the last one stays.</summary>
    public RawJson Raw(int maxBytes)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            WriteUnique(Element, json);
        }

        return buffer.WrittenCount <= maxBytes
            ? new RawJson(buffer.WrittenSpan.ToArray())
            : throw Refuse("", $"must NOT be larger than {maxBytes} bytes");
    }

    private void WriteUnique(JsonElement value, Utf8JsonWriter json)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject())
                {
                    fields[property.Name] = property.Value;
                }

                json.WriteStartObject();
                foreach (var (name, field) in fields)
                {
                    json.WritePropertyName(name);
                    WriteUnique(field, json);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteUnique(item, json);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Number when !IsOrdinary(value):
                throw Refuse("", "must NOT contain numbers outside the range of a double");
            default:
                value.WriteTo(json);
                break;
        }
    }

    // A number no double can hold is well-formed JSON, but the databases behind refuse it.
    private static bool IsOrdinary(JsonElement number) =>
        number.TryGetDouble(out var value) && double.IsFinite(value) && JsonMarshal.GetRawUtf8Value(number).Length <= 100;
}
