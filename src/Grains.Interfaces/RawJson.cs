using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing;

/// <summary>A piece of JSON, as it was given.</summary>
/// <remarks>
/// Kept as the UTF-8 bytes it arrived in: metadata, order items, filters. It crosses grain calls and storage without being parsed, because the engine
/// carries it far more often than it looks inside.
/// </remarks>
[GenerateSerializer, Immutable, Alias("raw-json"), JsonConverter(typeof(RawJsonConverter))]
public sealed class RawJson : IEquatable<RawJson>
{
    /// <summary>The empty object, <c>{}</c>.</summary>
    public static readonly RawJson EmptyObject = new("{}"u8.ToArray());

    [Id(0)]
    private readonly byte[] _utf8;

    /// <summary>Wraps UTF-8 JSON. The caller vouches that it is one well-formed value and does not change the array afterwards.</summary>
    public RawJson(byte[] utf8) => _utf8 = utf8;

    /// <summary>The UTF-8 bytes.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Utf8 => _utf8;

    /// <summary>Parses text, so a malformed piece is refused here with a <see cref="JsonException"/>.</summary>
    public static RawJson Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return From(document.RootElement);
    }

    /// <summary>Keeps a parsed element, written compactly.</summary>
    public static RawJson From(JsonElement element) => new(JsonSerializer.SerializeToUtf8Bytes(element));

    /// <summary>A parsed copy that owns its memory.</summary>
    public JsonElement ToElement() => JsonElement.Parse(_utf8);

    /// <inheritdoc/>
    public bool Equals(RawJson? other) => other is not null && _utf8.AsSpan().SequenceEqual(other._utf8);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RawJson);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_utf8);
        return hash.ToHashCode();
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_utf8);
}

/// <summary>Reads and writes <see cref="RawJson"/> without looking inside.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RawJson.From(JsonElement.ParseValue(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
