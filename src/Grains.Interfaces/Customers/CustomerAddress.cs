using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing.Customers;

/// <summary>Postal address. A part that was given as null stays, as null; one that was never given is absent.</summary>
[GenerateSerializer, Immutable, Alias("customer.address"), JsonConverter(typeof(CustomerAddressConverter))]
public sealed record CustomerAddress
{
    /// <summary>City.</summary>
    [Id(0)] public string? City { get; init; }

    /// <summary>State or region.</summary>
    [Id(1)] public string? State { get; init; }

    /// <summary>First line.</summary>
    [Id(2)] public string? Line1 { get; init; }

    /// <summary>Second line.</summary>
    [Id(3)] public string? Line2 { get; init; }

    /// <summary>Country.</summary>
    [Id(4)] public string? Country { get; init; }

    /// <summary>Postal code.</summary>
    [Id(5)] public string? PostalCode { get; init; }

    /// <summary>The parts that were given as null.</summary>
    [Id(6)] public AddressParts Nulls { get; init; }

    /// <summary>The names of the parts in JSON, in the order in which they are written.</summary>
    public static IReadOnlyList<(string Name, AddressParts Part)> Names { get; } =
    [
        ("city", AddressParts.City), ("state", AddressParts.State), ("line_1", AddressParts.Line1), ("line_2", AddressParts.Line2),
        ("country", AddressParts.Country), ("postal_code", AddressParts.PostalCode),
    ];

    /// <summary>The address of these parts.</summary>
    /// <param name="given">The parts that were given, null or not.</param>
    /// <param name="valueOf">The value of a given part.</param>
    public static CustomerAddress Of(AddressParts given, Func<AddressParts, string?> valueOf)
    {
        var nulls = AddressParts.None;
        string? Take(AddressParts part)
        {
            var value = given.HasFlag(part) ? valueOf(part) : null;
            nulls |= given.HasFlag(part) && value is null ? part : AddressParts.None;
            return value;
        }

        return new CustomerAddress
        {
            City = Take(AddressParts.City),
            State = Take(AddressParts.State),
            Line1 = Take(AddressParts.Line1),
            Line2 = Take(AddressParts.Line2),
            Country = Take(AddressParts.Country),
            PostalCode = Take(AddressParts.PostalCode),
            Nulls = nulls,
        };
    }

    /// <summary>One part; null where it is missing.</summary>
    public string? ValueOf(AddressParts part) => part switch
    {
        AddressParts.City => City,
        AddressParts.State => State,
        AddressParts.Line1 => Line1,
        AddressParts.Line2 => Line2,
        AddressParts.Country => Country,
        AddressParts.PostalCode => PostalCode,
        _ => null,
    };
}

/// <summary>The parts of a <see cref="CustomerAddress"/>.</summary>
[Flags]
public enum AddressParts
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary><see cref="CustomerAddress.City"/>.</summary>
    City = 1,

    /// <summary><see cref="CustomerAddress.State"/>.</summary>
    State = 2,

    /// <summary><see cref="CustomerAddress.Line1"/>.</summary>
    Line1 = 4,

    /// <summary><see cref="CustomerAddress.Line2"/>.</summary>
    Line2 = 8,

    /// <summary><see cref="CustomerAddress.Country"/>.</summary>
    Country = 16,

    /// <summary><see cref="CustomerAddress.PostalCode"/>.</summary>
    PostalCode = 32,
}

/// <summary>Reads and writes addresses, in documents and on the wire alike.</summary>
public sealed class CustomerAddressConverter : JsonConverter<CustomerAddress>
{
    private static readonly (JsonEncodedText Name, AddressParts Part)[] Parts =
        [.. CustomerAddress.Names.Select(known => (JsonEncodedText.Encode(known.Name), known.Part))];

    /// <inheritdoc/>
    public override CustomerAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var given = AddressParts.None;
        var values = new string?[Parts.Length];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = Parts.Length - 1;
            while (index >= 0 && !reader.ValueTextEquals(Parts[index].Name.EncodedUtf8Bytes))
            {
                index--;
            }

            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            values[index] = reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? reader.GetString() : throw new JsonException();
            given |= Parts[index].Part;
        }

        return CustomerAddress.Of(given, part => values[System.Numerics.BitOperations.Log2((uint)part)]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CustomerAddress value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, part) in Parts)
        {
            if (value.ValueOf(part) is { } text)
            {
                writer.WriteString(name, text);
            }
            else if (value.Nulls.HasFlag(part))
            {
                writer.WriteNull(name);
            }
        }

        writer.WriteEndObject();
    }
}
