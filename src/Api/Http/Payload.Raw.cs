using System.Buffers;
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

    /// <summary>This value as compact JSON that owns its memory.</summary>
    public RawJson Raw(int maxBytes)
    {
        RefuseHugeNumbers(Element);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            Element.WriteTo(json);
        }

        return buffer.WrittenCount <= maxBytes ? new RawJson(buffer.WrittenSpan.ToArray()) : throw Refuse("", $"must NOT be larger than {maxBytes} bytes");
    }

    // A number no double can hold is well-formed JSON, but the databases behind refuse it.
    private void RefuseHugeNumbers(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when !value.TryGetDouble(out var number) || !double.IsFinite(number) || value.GetRawText().Length > 100:
                throw Refuse("", "must NOT contain numbers outside the range of a double");
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    RefuseHugeNumbers(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    RefuseHugeNumbers(item);
                }

                break;
        }
    }
}
