using System.Text.Json;

namespace Marketing.Channels;

/// <summary>The customer a message is for, as stored now, not when the trigger happened.</summary>
/// <param name="Id">Customer id.</param>
/// <param name="Document">The stored customer document: the JSON of <see cref="Customers.Customer"/>, UTF-8.</param>
[GenerateSerializer, Immutable, Alias("recipient")]
internal sealed record Recipient([property: Id(0)] string Id, [property: Id(1)] ReadOnlyMemory<byte> Document)
{
    [NonSerialized]
    private string? _email;

    [NonSerialized]
    private bool _isRead;

    /// <summary>Email address, if any. Read when somebody asks: most channels need no address.</summary>
    public string? Email
    {
        get
        {
            if (!_isRead)
            {
                (_email, _isRead) = (ReadEmail(Document.Span), true);
            }

            return _email;
        }
    }

    private static string? ReadEmail(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEmail = reader.ValueTextEquals("email"u8);
            reader.Read();
            if (isEmail)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}
