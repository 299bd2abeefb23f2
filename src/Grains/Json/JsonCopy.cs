using System.Buffers;
using System.Text.Json;

namespace Marketing.Json;

/// <summary>Copies stored JSON token by token: without the whitespace between tokens and with strings escaped one way, however they were written.</summary>
internal static class JsonCopy
{
    private const int StackLimit = 256;

    private static readonly SearchValues<byte> Suspicious = SearchValues.Create("\\ \t\r\n"u8);

    /// <summary>Reads stored bytes, positioned before the first token.</summary>
    public static Utf8JsonReader Read(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = 256 });

    /// <summary>Copies the value the reader stands on; leaves it on the value's last token.</summary>
    public static void Value(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        var depth = reader.CurrentDepth;
        Token(ref reader, writer);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        do
        {
            reader.Read();
            Token(ref reader, writer);
        }
        while (reader.CurrentDepth > depth);
    }

    /// <summary>The same where the bytes that are read are at hand: objects and lists that token by token would come out as they are go over in one piece.</summary>
    public static void Value(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            Token(ref reader, writer);
            return;
        }

        var start = reader;
        reader.Skip();
        var value = json[(int)start.TokenStartIndex..(int)reader.BytesConsumed];
        if (IsVerbatim(value))
        {
            writer.WriteRawValue(value, skipInputValidation: true);
        }
        else
        {
            Value(ref start, writer);
        }
    }

    /// <summary>Copies the property name the reader stands on.</summary>
    public static void Name(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        if (reader.ValueIsEscaped)
        {
            Unescaped(ref reader, writer);
        }
        else
        {
            writer.WritePropertyName(reader.ValueSpan);
        }
    }

    /// <summary>Writes a brace or bracket.</summary>
    public static void Bracket(JsonTokenType token, Utf8JsonWriter writer)
    {
        switch (token)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            default:
                writer.WriteEndArray();
                break;
        }
    }

    /// <summary>Appends what a string means, without quotes and escapes.</summary>
    public static void Text(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        if (!reader.ValueIsEscaped)
        {
            output.Write(reader.ValueSpan);
            return;
        }

        var length = reader.CopyString(output.GetSpan(reader.ValueSpan.Length));
        output.Advance(length);
    }

    /// <summary>Whether an object or a list, known to be JSON and from its first bracket to its last, would come out as it is.</summary>
    /// <remarks>A blank between tokens has a bracket, a comma or a colon on one side; one that has none is part of a text.</remarks>
    public static bool IsVerbatim(ReadOnlySpan<byte> value)
    {
        for (var i = 0; ; i++)
        {
            var next = value[i..].IndexOfAny(Suspicious);
            if (next < 0)
            {
                return true;
            }

            i += next;
            if (value[i] != (byte)' ' || IsStructure(value[i - 1]) || IsStructure(value[i + 1]))
            {
                return false;
            }
        }
    }

    private static bool IsStructure(byte token) => token is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':';

    private static void Token(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray:
                Bracket(reader.TokenType, writer);
                break;
            case JsonTokenType.PropertyName:
                Name(ref reader, writer);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                Unescaped(ref reader, writer);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.ValueSpan);
                break;
            default:
                // Numbers, too, go through as they are: parsing could only lose digits.
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static void Unescaped(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        var rented = reader.ValueSpan.Length > StackLimit ? ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length) : null;
        var buffer = rented is null ? stackalloc byte[StackLimit] : rented;
        var text = buffer[..reader.CopyString(buffer)];
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            writer.WritePropertyName(text);
        }
        else
        {
            writer.WriteStringValue(text);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
