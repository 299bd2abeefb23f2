using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Api;

/// <summary>Bodies as the reference allows them.</summary>
internal static class ReferenceBodies
{
    /// <summary>Every field of a body with every value that is named, or one of its type.</summary>
    public static IEnumerable<(string Path, JsonNode Value)> Fields(JsonElement shape, string path = "") => shape.ValueKind switch
    {
        JsonValueKind.Array => Fields(shape[0], $"{path}[]"),
        JsonValueKind.Object => ReferenceApi.Fields(shape).SelectMany(field => Fields(field.Shape, $"{path}.{field.Name}"))
            .Concat(path.Length > 0 && !path.EndsWith(']') ? [(path, Smallest(shape, path)!)] : []),
        _ => Values(shape.GetString()!, path).Select(value => (path, value)),
    };

    /// <summary>The body with one more field, or another value of it.</summary>
    public static string With(string body, JsonElement shape, string path, JsonNode value)
    {
        var root = JsonNode.Parse(body)!;
        Put(root, shape, path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries), path, value);
        return root.ToJsonString();
    }

    private static void Put(JsonNode node, JsonElement shape, ReadOnlySpan<string> steps, string path, JsonNode value)
    {
        if (steps.IsEmpty)
        {
            return;
        }

        var name = steps[0];
        var inner = node is JsonArray ? shape[0] : ReferenceApi.Fields(shape).First(field => field.Name == name).Shape;
        var fresh = steps.Length == 1 ? value.DeepClone() : Smallest(inner, path);
        if (node is JsonArray items)
        {
            if (steps.Length == 1)
            {
                items.Clear();
            }

            if (items.Count == 0)
            {
                items.Add(fresh);
            }

            Put(items[0]!, inner, steps[1..], path, value);
        }
        else
        {
            var fields = node.AsObject();
            if (steps.Length == 1 || fields[steps[0]] is null)
            {
                fields[steps[0]] = fresh;
            }

            Put(fields[steps[0]]!, inner, steps[1..], path, value);
        }
    }

    // With what is required of it.
    private static JsonNode? Smallest(JsonElement shape, string path) => shape.ValueKind switch
    {
        JsonValueKind.Array => new JsonArray(),
        JsonValueKind.Object => new JsonObject(ReferenceApi.Fields(shape).Where(field => field.IsRequired)
            .Select(field => KeyValuePair.Create(field.Name, Smallest(field.Shape, $"{path}.{field.Name}")))),
        _ => Values(shape.GetString()!, path).FirstOrDefault(),
    };

    private static IEnumerable<JsonNode> Values(string shape, string path)
    {
        var (types, texts) = shape.Split('=', 2) is [var head, var rest] ? (head, rest.Split(',')) : (shape, []);
        var name = path.Split('.')[^1].TrimEnd('[', ']');
        return texts.Length > 0 ? texts.Select(text => (JsonNode)text) : types.Split('|')[0] switch
        {
            "integer" or "number" => [1],
            "boolean" => [true],
            "string" => [name switch
            {
                "email" => "ada@example.com",
                "birthdate" or "birthday" => "2000-01-31",
                "currency" => "EUR",
                "timezone" => "Europe/Warsaw",
                "image_url" => "https://shop.example/picture.png",
                "target_url" => "https://shop.example/hooks",
                _ when name.EndsWith("_at", StringComparison.Ordinal) || name.EndsWith("_date", StringComparison.Ordinal) => "2026-01-31T12:00:00Z",
                _ => "something",
            }],
            _ => [],
        };
    }
}
