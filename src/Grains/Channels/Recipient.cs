using System.Text.Json;

namespace Marketing.Channels;

/// <summary>The customer a message is for, as stored now, not when the trigger happened.</summary>
/// <param name="Id">Customer id.</param>
/// <param name="Document">The stored customer document: the JSON of <see cref="Customers.Customer"/>, UTF-8.</param>
/// <param name="DialCode">What the project puts before phone numbers that have no country; null where it has none.</param>
[GenerateSerializer, Immutable, Alias("recipient")]
internal sealed record Recipient([property: Id(0)] string Id, [property: Id(1)] ReadOnlyMemory<byte> Document, [property: Id(2)] string? DialCode = null)
{
    [NonSerialized]
    private string? _email;

    [NonSerialized]
    private bool _isRead;

    /// <summary>Phone number as it was given, if any. Read each time: one channel needs it, once.</summary>
    public string? Phone => ReadText(Document.Span, "phone"u8);

    /// <summary>Email address, if any. Read when somebody asks: most channels need no address.</summary>
    public string? Email
    {
        get
        {
            if (!_isRead)
            {
                (_email, _isRead) = (ReadText(Document.Span, "email"u8), true);
            }

            return _email;
        }
    }

    private static string? ReadText(ReadOnlySpan<byte> document, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}
