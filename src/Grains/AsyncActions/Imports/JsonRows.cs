using System.Text.Json;

namespace Marketing.AsyncActions;

/// <summary>Reads rows of JSON payloads that the API took as a whole.</summary>
internal static class JsonRows
{
    public static List<JsonElement> Array(byte[] payload)
    {
        try
        {
            var root = JsonElement.Parse(payload);
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : throw new ImportRefusedException("The body must be a JSON array");
        }
        catch (JsonException malformed)
        {
            throw new ImportRefusedException($"The body is not JSON: {malformed.Message}");
        }
    }

    /// <summary>A text of a row; null when it is not there or something else.</summary>
    public static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
