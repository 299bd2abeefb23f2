using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Marketing.Templates;

/// <summary>Values as JSON, for the <c>json</c> filter.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object? value) => value switch
    {
        null => "null",
        JsonDrop drop => drop.ToString(),
        string text => JsonSerializer.Serialize(text, Options),
        bool or int or long or decimal or double => JsonSerializer.Serialize(value, Options),
        IDictionary<string, object?> fields => $"{{{string.Join(',', fields.Select(field => $"{Of(field.Key)}:{Of(field.Value)}"))}}}",
        IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Of))}]",
        _ => JsonSerializer.Serialize(LiquidText.Of(value), Options),
    };
}
