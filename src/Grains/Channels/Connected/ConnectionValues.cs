using System.Text.Json;

namespace Marketing.Channels;

/// <summary>What was entered for a connection, by the names of its provider's fields. Checked before it was stored, so it is read without asking again.</summary>
/// <param name="settings">A JSON object.</param>
/// <param name="credentials">A JSON object of texts.</param>
internal sealed class ConnectionValues(RawJson settings, RawJson credentials)
{
    public static readonly ConnectionValues None = new(new RawJson("{}"u8.ToArray()), new RawJson("{}"u8.ToArray()));

    private readonly JsonElement _settings = settings.ToElement();
    private readonly JsonElement _credentials = credentials.ToElement();

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Whether a text was entered.</summary>
    public bool Has(string name) => Text(name) is not null;

    /// <summary>A text, empty where there is none.</summary>
    public string Line(string name) => Text(name) ?? "";

    public long? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;

    public bool Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    /// <summary>Names and what stands for them.</summary>
    public IReadOnlyDictionary<string, string> Map(string name) => Find(name) is { ValueKind: JsonValueKind.Object } map
        ? map.EnumerateObject().Where(static entry => entry.Value.ValueKind == JsonValueKind.String).ToDictionary(static entry => entry.Name, static entry => entry.Value.GetString()!, StringComparer.Ordinal)
        : new Dictionary<string, string>();

    private JsonElement? Find(string name) =>
        _settings.TryGetProperty(name, out var value) || _credentials.TryGetProperty(name, out value) ? value : null;
}
