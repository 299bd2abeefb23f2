using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Http;

/// <summary>
/// Gathers the checked fields of a body that are kept as they came: those that are given, with a null where a field is to be without a value. What is not asked for is left out.
/// </summary>
/// <param name="body">The level of the body.</param>
internal sealed class FieldsReader(Payload body)
{
    private readonly JsonObject _fields = [];

    public Payload Body { get; } = body;

    /// <summary>What was gathered.</summary>
    public RawJson Fields => new(JsonSerializer.SerializeToUtf8Bytes(_fields, WireJson.Options));

    public FieldsReader Text(string name, int maxLength) => Take(name, () => Body.Text(name, maxLength));

    public FieldsReader Line(string name, int maxLength) => Take(name, () => Body.Line(name, maxLength));

    public FieldsReader OneOf(string name, params string[] allowed) => Take(name, () => Body.OneOf(name, allowed));

    public FieldsReader Flag(string name) => Take(name, () => Body.Flag(name));

    public FieldsReader Integer(string name, long min, long max) => Take(name, () => Body.Integer(name, min, max));

    /// <summary>An object that was checked by somebody who knows it.</summary>
    /// <param name="name">The field.</param>
    /// <param name="maxBytes">How large it may be.</param>
    /// <param name="check">Refuses what is wrong with it.</param>
    public FieldsReader Object(string name, int maxBytes, Action<Payload>? check = null) => Take(name, () =>
    {
        if (Body.Object(name) is { } given)
        {
            check?.Invoke(given);
        }

        return Body.RawObject(name, maxBytes) is { } raw ? JsonNode.Parse(raw.Utf8.Span) : null;
    });

    /// <summary>A field that is written otherwise than it came.</summary>
    public FieldsReader Put(string name, JsonNode? value) => Take(name, () => value);

    private FieldsReader Take(string name, Func<JsonNode?> read)
    {
        if (Body.Has(name))
        {
            _fields[name] = read();
        }

        return this;
    }
}
