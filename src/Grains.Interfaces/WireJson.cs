using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing;

/// <summary>How objects are written as JSON, in documents and on the wire: snake_case, absent instead of null, UTC.</summary>
public static class WireJson
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The shared options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>An instant as it stands in JSON, for what is written without a serializer.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(InstantFormat, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new UtcConverter());
        options.TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver();
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Writes instants as <c>2026-01-31T09:30:00.123Z</c>, as the product's clients expect.</summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[24];
            value.UtcDateTime.TryFormat(text, out var written, InstantFormat, System.Globalization.CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..written]);
        }
    }
}
