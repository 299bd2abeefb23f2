using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing.Customers;

/// <summary>The stored customer document.</summary>
internal static class CustomerJson
{
    private static readonly CustomerJsonContext Context = new(new JsonSerializerOptions(WireJson.Options) { TypeInfoResolver = null });

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    public static byte[] Write(Customer customer)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(writer, customer, Context.Customer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static Customer Read(ReadOnlySpan<byte> document) => JsonSerializer.Deserialize(document, Context.Customer)!;
}

[JsonSerializable(typeof(Customer))]
internal sealed partial class CustomerJsonContext : JsonSerializerContext;
