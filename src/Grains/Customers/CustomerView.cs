using System.Buffers;
using System.Text.Json;
using Marketing.Json;

namespace Marketing.Customers;

/// <summary>The customer object as events show it, to webhooks and in the activity: written from the stored document, in full or in short.</summary>
internal static class CustomerView
{
    private static readonly JsonEncodedText ObjectName = JsonEncodedText.Encode("object");
    private static readonly JsonEncodedText Customer = JsonEncodedText.Encode("customer");
    private static readonly JsonEncodedText Address = JsonEncodedText.Encode("address");

    private static ReadOnlySpan<byte> Ending => "\"object\":\"customer\"}"u8;

    // An address is null until there is one; the document says nothing of it.
    private static ReadOnlySpan<byte> EndingWithoutAddress => "\"address\":null,\"object\":\"customer\"}"u8;

    // The short form is the same few fields for everybody.
    private static readonly byte[][] Brief = [.. CustomerShape.Customer.Brief.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Writes the customer of an event.</summary>
    /// <param name="id">Of the customer.</param>
    /// <param name="document">As it is stored.</param>
    /// <param name="eventType">Of the event.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(string id, ReadOnlySpan<byte> document, string eventType, Utf8JsonWriter writer)
    {
        if (CustomerShape.IsFullFor(eventType))
        {
            WriteFull(document, writer);
        }
        else
        {
            WriteBrief(id, document, writer);
        }
    }

    /// <summary>Writes all of a customer.</summary>
    public static void WriteFull(ReadOnlySpan<byte> document, Utf8JsonWriter writer)
    {
        if (document is [(byte)'{', .., (byte)'}'] && JsonCopy.IsVerbatim(document))
        {
            WriteVerbatim(document, writer);
            return;
        }

        writer.WriteStartObject();
        var hasAddress = false;
        var reader = JsonCopy.Read(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsHidden(ref reader))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            hasAddress |= reader.ValueTextEquals(Address.EncodedUtf8Bytes);
            JsonCopy.Name(ref reader, writer);
            reader.Read();
            JsonCopy.Value(document, ref reader, writer);
        }

        if (!hasAddress)
        {
            writer.WriteNull(Address);
        }

        writer.WriteString(ObjectName, Customer);
        writer.WriteEndObject();
    }

    // In one piece, or in two with what is not shown between them: documents of millions are as the engine wrote them.
    private static void WriteVerbatim(ReadOnlySpan<byte> document, Utf8JsonWriter writer)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(document.Length + EndingWithoutAddress.Length + 1);
        var length = 0;
        var start = -1;
        var end = 0;
        var hasAddress = false;
        var reader = JsonCopy.Read(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isShown = !IsHidden(ref reader);
            hasAddress |= reader.ValueTextEquals(Address.EncodedUtf8Bytes);
            if (isShown && start < 0)
            {
                start = (int)reader.TokenStartIndex;
            }
            else if (!isShown)
            {
                Append(document, start, end, buffer, ref length);
                start = -1;
            }

            reader.Read();
            reader.Skip();
            end = (int)reader.BytesConsumed;
        }

        Append(document, start, end, buffer, ref length);
        buffer[length] = length == 0 ? (byte)'{' : (byte)',';
        length++;
        var ending = hasAddress ? Ending : EndingWithoutAddress;
        ending.CopyTo(buffer.AsSpan(length));
        writer.WriteRawValue(buffer.AsSpan(0, length + ending.Length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static void Append(ReadOnlySpan<byte> document, int start, int end, byte[] buffer, ref int length)
    {
        if (start >= 0)
        {
            buffer[length] = length == 0 ? (byte)'{' : (byte)',';
            document[start..end].CopyTo(buffer.AsSpan(length + 1));
            length += 1 + end - start;
        }
    }

    private static bool IsHidden(ref Utf8JsonReader reader) => reader.ValueTextEquals(CustomerShape.Internal) || reader.ValueTextEquals("object"u8);

    private static void WriteBrief(string id, ReadOnlySpan<byte> document, Utf8JsonWriter writer)
    {
        Span<Range> values = stackalloc Range[Brief.Length];
        values.Clear();
        var reader = JsonCopy.Read(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = -1;
            for (var field = 0; field < Brief.Length && at < 0; field++)
            {
                at = reader.ValueTextEquals(Brief[field]) ? field : -1;
            }

            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (at >= 0)
            {
                values[at] = start..(int)reader.BytesConsumed;
            }
        }

        writer.WriteStartObject();
        for (var field = 0; field < Brief.Length; field++)
        {
            var value = document[values[field]];
            if ("id"u8.SequenceEqual(Brief[field]))
            {
                writer.WriteString("id"u8, id);
            }
            else
            {
                WriteValue(Brief[field], value.IsEmpty ? Absent(Brief[field]) : value, writer);
            }
        }

        writer.WriteString(ObjectName, Customer);
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Absent(ReadOnlySpan<byte> field) => field.SequenceEqual("metadata"u8) ? "{}"u8 : "null"u8;

    private static void WriteValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, Utf8JsonWriter writer)
    {
        writer.WritePropertyName(name);
        var reader = JsonCopy.Read(json);
        reader.Read();
        JsonCopy.Value(json, ref reader, writer);
    }
}
