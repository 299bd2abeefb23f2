using System.Buffers;
using System.Text;
using System.Text.Json;
using Marketing.Customers;
using Marketing.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>One step of writing a designed payload.</summary>
internal abstract class PayloadPart
{
    public abstract void Write(OutboundMessage message, Utf8JsonWriter writer);

    /// <summary>A brace or bracket.</summary>
    internal sealed class Structure(JsonTokenType token) : PayloadPart
    {
        public override void Write(OutboundMessage message, Utf8JsonWriter writer) => JsonCopy.Bracket(token, writer);
    }

    /// <summary>A property name.</summary>
    internal sealed class Name(JsonEncodedText name) : PayloadPart
    {
        public override void Write(OutboundMessage message, Utf8JsonWriter writer) => writer.WritePropertyName(name);
    }

    /// <summary>A string without placeholders.</summary>
    internal sealed class Text(JsonEncodedText text) : PayloadPart
    {
        public override void Write(OutboundMessage message, Utf8JsonWriter writer) => writer.WriteStringValue(text);
    }

    /// <summary>A number, true, false or null.</summary>
    internal sealed class Literal(byte[] json) : PayloadPart
    {
        public override void Write(OutboundMessage message, Utf8JsonWriter writer) => writer.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>A placeholder that keeps the type of its value; null when there is none.</summary>
    internal sealed class Value(VariablePath variable) : PayloadPart
    {
        public override void Write(OutboundMessage message, Utf8JsonWriter writer)
        {
            if (EventData.IsWholeCustomer(variable))
            {
                CustomerView.Write(message.Recipient.Id, message.Recipient.Document.Span, message.Trigger.Type, writer);
            }
            else if (EventData.TryFind(message, variable, out var reader))
            {
                JsonCopy.Value(ref reader, writer);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    /// <summary>A string put together from text and values; a missing value and null leave nothing, objects and lists their JSON.</summary>
    internal sealed class Mixed(PlaceholderText text) : PayloadPart
    {
        [ThreadStatic]
        private static ArrayBufferWriter<byte>? t_text;

        public override void Write(OutboundMessage message, Utf8JsonWriter writer)
        {
            var output = t_text ??= new ArrayBufferWriter<byte>(256);
            output.ResetWrittenCount();
            foreach (var piece in text.Pieces)
            {
                if (piece.Variable is { } variable)
                {
                    Append(message, variable, output);
                }
                else
                {
                    Encoding.UTF8.GetBytes(piece.Literal, output);
                }
            }

            writer.WriteStringValue(output.WrittenSpan);
        }

        private static void Append(OutboundMessage message, VariablePath variable, ArrayBufferWriter<byte> output)
        {
            if (EventData.IsWholeCustomer(variable))
            {
                using var customer = new Utf8JsonWriter(output, MinimalJsonEncoder.Compact);
                CustomerView.Write(message.Recipient.Id, message.Recipient.Document.Span, message.Trigger.Type, customer);
            }
            else if (EventData.TryFind(message, variable, out var reader))
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.Null:
                        break;
                    case JsonTokenType.String:
                        JsonCopy.Text(ref reader, output);
                        break;
                    default:
                        using (var nested = new Utf8JsonWriter(output, MinimalJsonEncoder.Compact))
                        {
                            JsonCopy.Value(ref reader, nested);
                        }

                        break;
                }
            }
        }
    }
}
