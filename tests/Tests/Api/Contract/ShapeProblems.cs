using System.Text.Json;

namespace Marketing.Api;

/// <summary>What differs from a shape of the reference.</summary>
internal static class ShapeProblems
{
    /// <summary>Of an answer: a field that is required and missing, or null where it must not be, and anything of another type.</summary>
    public static IEnumerable<string> OfAnswer(JsonElement value, JsonElement shape, string path) => (shape.ValueKind, value.ValueKind) switch
    {
        (JsonValueKind.String, _) => Is(Kind(value), shape.GetString()!) ? [] : [$"{path} is {Kind(value)}, not {shape.GetString()}"],
        (JsonValueKind.Array, JsonValueKind.Array) => value.EnumerateArray().SelectMany(item => OfAnswer(item, shape[0], $"{path}[]")).Distinct(),
        (JsonValueKind.Object, JsonValueKind.Object) => ReferenceApi.Fields(shape).SelectMany(field => (value.TryGetProperty(field.Name, out var inner), inner.ValueKind) switch
        {
            (false, _) => field.IsRequired ? [$"{path}.{field.Name} is missing"] : Enumerable.Empty<string>(),
            (_, JsonValueKind.Null) => field.IsRequired && !field.MayBeNull ? [$"{path}.{field.Name} is null"] : [],
            _ => OfAnswer(inner, field.Shape, $"{path}.{field.Name}"),
        }),
        _ => [$"{path} is {Kind(value)}, not {(shape.ValueKind == JsonValueKind.Array ? "array" : "object")}"],
    };

    /// <summary>Of a schema of our document. What it leaves open is no problem.</summary>
    /// <param name="schema">Of the document.</param>
    /// <param name="shape">Of the reference.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="document">For references.</param>
    /// <param name="answers">Whether we write it: then it has all that is required, and a number may always be an integer.</param>
    public static IEnumerable<string> OfSchema(JsonElement schema, JsonElement shape, string path, JsonElement document, bool answers)
    {
        schema = Resolved(schema, document);
        var types = Types(schema);
        if (types.Count == 0)
        {
            return [];
        }

        var wanted = shape.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            _ => shape.GetString()!,
        };
        if (!types.Any(type => Is(type, wanted, answers)))
        {
            return [$"{path} is {string.Join('|', types)}, not {wanted.Split('=')[0]}"];
        }

        if (shape.ValueKind == JsonValueKind.Array)
        {
            return schema.TryGetProperty("items", out var items) ? OfSchema(items, shape[0], $"{path}[]", document, answers) : [];
        }

        if (shape.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        return ReferenceApi.Fields(shape).SelectMany(field =>
            properties.TryGetProperty(field.Name, out var property) ? OfSchema(property, field.Shape, $"{path}.{field.Name}", document, answers)
            : answers && field.IsRequired ? [$"{path}.{field.Name} is not in the document"]
            : []);
    }

    // A reference that may be null is an alternative of both.
    private static JsonElement Resolved(JsonElement schema, JsonElement document)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference))
            {
                schema = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(document, (place, name) => place.GetProperty(name));
            }
            else if (schema.TryGetProperty("oneOf", out var alternatives))
            {
                schema = alternatives.EnumerateArray().First(alternative => !Types(alternative).SequenceEqual(["null"]));
            }
            else
            {
                return schema;
            }
        }
    }

    private static List<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : [.. type.EnumerateArray().Select(one => one.GetString()!).Where(one => one != "null")];

    private static bool Is(string kind, string shape, bool answers = true)
    {
        var allowed = shape.Split('=')[0].Split('|');
        return allowed.Contains("any") || allowed.Contains(kind) || (answers && kind == "integer" && allowed.Contains("number"));
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };
}
