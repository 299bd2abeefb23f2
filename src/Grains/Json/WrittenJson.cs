using System.Buffers;
using System.Text.Json;

namespace Marketing.Json;

/// <summary>JSON that is written by hand, in the form of the wire.</summary>
internal static class WrittenJson
{
    private static readonly JsonWriterOptions Wire = new() { Encoder = WireJson.Options.Encoder, SkipValidation = true };

    /// <param name="content">Writes one value.</param>
    /// <param name="sizeHint">About how many bytes it will be.</param>
    public static RawJson Of(Action<Utf8JsonWriter> content, int sizeHint = 512)
    {
        var buffer = new ArrayBufferWriter<byte>(sizeHint);
        using (var json = new Utf8JsonWriter(buffer, Wire))
        {
            content(json);
        }

        return new RawJson(buffer.WrittenSpan.ToArray());
    }
}
