using System.Text.Json;
using Marketing.Customers;
using Marketing.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>The objects of an event as a template sees them: <c>customer</c> and every property of the trigger's data.</summary>
internal static class EventData
{
    private static ReadOnlySpan<byte> Customer => "customer"u8;

    /// <summary>Writes the data object with the selected keys, or all.</summary>
    public static void Write(OutboundMessage message, byte[][]? fields, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (IsSelected(fields, Customer))
        {
            writer.WritePropertyName(Customer);
            CustomerView.Write(message.Recipient.Id, message.Recipient.Document.Span, message.Trigger.Type, writer);
        }

        var data = message.Trigger.Data.Span;
        var reader = JsonCopy.Read(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The customer as stored now wins over a copy in the event.
            if (reader.ValueTextEquals(Customer) || !IsSelected(fields, ref reader))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            JsonCopy.Name(ref reader, writer);
            reader.Read();
            JsonCopy.Value(data, ref reader, writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether the path means the customer object itself, whose shape depends on the event.</summary>
    public static bool IsWholeCustomer(VariablePath path) => path.Segments is [var root] && Customer.SequenceEqual(root);

    /// <summary>
    /// Puts the reader on the value of a path. Below <c>customer</c> every stored field can be read, whatever shape the event gives the object.
    /// </summary>
    public static bool TryFind(OutboundMessage message, VariablePath path, out Utf8JsonReader reader)
    {
        ReadOnlySpan<byte[]> segments = path.Segments;
        if (!Customer.SequenceEqual(segments[0]))
        {
            return TryWalk(message.Trigger.Data.Span, segments, out reader);
        }

        if (segments.Length > 1 && CustomerShape.Internal.SequenceEqual(segments[1]))
        {
            reader = default;
            return false;
        }

        if (segments.Length == 2 && "object"u8.SequenceEqual(segments[1]))
        {
            reader = JsonCopy.Read("\"customer\""u8);
            return reader.Read();
        }

        return TryWalk(message.Recipient.Document.Span, segments[1..], out reader);
    }

    private static bool TryWalk(ReadOnlySpan<byte> document, ReadOnlySpan<byte[]> segments, out Utf8JsonReader reader)
    {
        reader = JsonCopy.Read(document);
        reader.Read();
        foreach (var segment in segments)
        {
            var found = reader.TokenType switch
            {
                JsonTokenType.StartObject => TryEnterObject(ref reader, segment),
                JsonTokenType.StartArray => TryEnterArray(ref reader, segment),
                _ => false,
            };
            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryEnterObject(ref Utf8JsonReader reader, byte[] name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var matches = reader.ValueTextEquals(name);
            reader.Read();
            if (matches)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool TryEnterArray(ref Utf8JsonReader reader, byte[] index)
    {
        if (!int.TryParse(index, out var wanted) || wanted < 0)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (wanted-- == 0)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool IsSelected(byte[][]? fields, ReadOnlySpan<byte> name)
    {
        if (fields is null)
        {
            return true;
        }

        foreach (var field in fields)
        {
            if (name.SequenceEqual(field))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSelected(byte[][]? fields, ref Utf8JsonReader reader)
    {
        if (fields is null)
        {
            return true;
        }

        foreach (var field in fields)
        {
            if (reader.ValueTextEquals(field))
            {
                return true;
            }
        }

        return false;
    }
}
