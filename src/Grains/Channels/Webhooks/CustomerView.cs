using System.Buffers;
using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>The customer object of a webhook, written from the stored document.</summary>
internal static class CustomerView
{
    private static readonly JsonEncodedText ObjectName = JsonEncodedText.Encode("object");
    private static readonly JsonEncodedText Customer = JsonEncodedText.Encode("customer");
    private static readonly JsonEncodedText Address = JsonEncodedText.Encode("address");

    private static ReadOnlySpan<byte> Ending => "\"object\":\"customer\"}"u8;

    // An address is null until there is one; the document says nothing of it.
    private static ReadOnlySpan<byte> EndingWithoutAddress => "\"address\":null,\"object\":\"customer\"}"u8;

    /// <summary>Counters the engine keeps for segment filters; not part of the customer object the outside knows.</summary>
    public static ReadOnlySpan<byte> InternalProperty => "events"u8;

    public static void Write(OutboundMessage message, Utf8JsonWriter writer)
    {
        if (message.Trigger.Type is "customer.segment.entered" or "customer.segment.left" or "manual_distribution_schedule")
        {
            WriteFull(message.Recipient.Document.Span, writer);
        }
        else
        {
            WriteSimple(message.Recipient, writer);
        }
    }

    private static void WriteFull(ReadOnlySpan<byte> document, Utf8JsonWriter writer)
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

    private static bool IsHidden(ref Utf8JsonReader reader) => reader.ValueTextEquals(InternalProperty) || reader.ValueTextEquals("object"u8);

    private static void WriteSimple(Recipient recipient, Utf8JsonWriter writer)
    {
        var document = recipient.Document.Span;
        Range name = default, email = default, sourceId = default, metadata = default;
        var reader = JsonCopy.Read(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = SkipValue(ref reader);
            }
            else if (reader.ValueTextEquals("email"u8))
            {
                email = SkipValue(ref reader);
            }
            else if (reader.ValueTextEquals("source_id"u8))
            {
                sourceId = SkipValue(ref reader);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                metadata = SkipValue(ref reader);
            }
            else
            {
                SkipValue(ref reader);
            }
        }

        writer.WriteStartObject();
        writer.WriteString("id"u8, recipient.Id);
        WriteRange("name"u8, document[name], "null"u8, writer);
        WriteRange("email"u8, document[email], "null"u8, writer);
        WriteRange("source_id"u8, document[sourceId], "null"u8, writer);
        WriteRange("metadata"u8, document[metadata], "{}"u8, writer);
        writer.WriteString(ObjectName, Customer);
        writer.WriteEndObject();
    }

    private static Range SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static void WriteRange(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> absent, Utf8JsonWriter writer)
    {
        writer.WritePropertyName(name);
        var json = value.IsEmpty ? absent : value;
        var reader = JsonCopy.Read(json);
        reader.Read();
        JsonCopy.Value(json, ref reader, writer);
    }
}
