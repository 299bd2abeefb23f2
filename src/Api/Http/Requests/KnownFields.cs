using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Marketing.Http;

/// <summary>Compares the fields of a body with those of the record that describes it.</summary>
internal static class KnownFields
{
    private const int MostNamed = 10;
    private const int LongestName = 60;

    /// <summary>Refuses a body with fields that the record does not have, with a guess at what was meant.</summary>
    public static void RefuseOthers(JsonElement body, Type type)
    {
        var unknown = new List<FieldProblem>();
        Compare(body, type, "", unknown);
        if (unknown.Count > 0)
        {
            throw new RefusedException(ApiError.InvalidFields(unknown));
        }
    }

    private static void Compare(JsonElement value, Type type, string path, List<FieldProblem> unknown)
    {
        // What has another form than the record says is refused where it is read.
        var shape = WireJson.Options.GetTypeInfo(type);
        switch (shape.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                shape = KindOf(value, shape);
                foreach (var field in value.EnumerateObject())
                {
                    CompareField(field, shape, path, unknown);
                }

                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                var i = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Compare(item, shape.ElementType!, $"{path}[{i++}]", unknown);
                }

                break;
        }
    }

    // Of several kinds of objects, the one that it says it is.
    private static JsonTypeInfo KindOf(JsonElement value, JsonTypeInfo shape) =>
        shape.PolymorphismOptions is { } kinds && value.TryGetProperty(kinds.TypeDiscriminatorPropertyName, out var name) && name.ValueKind == JsonValueKind.String
        && kinds.DerivedTypes.FirstOrDefault(kind => kind.TypeDiscriminator as string == name.GetString()) is { DerivedType: { } derived }
            ? WireJson.Options.GetTypeInfo(derived)
            : shape;

    private static void CompareField(JsonProperty field, JsonTypeInfo shape, string path, List<FieldProblem> unknown)
    {
        var place = path.Length == 0 ? PlainText.Start(field.Name, LongestName) : $"{path}.{PlainText.Start(field.Name, LongestName)}";
        if (shape.Properties.FirstOrDefault(property => property.Name == field.Name) is { } known)
        {
            Compare(field.Value, known.PropertyType, place, unknown);
        }
        else if (unknown.Count < MostNamed && !IsInAnswer(field.Name, shape.Type) && !IsDiscriminator(field.Name, shape.Type))
        {
            unknown.Add(new FieldProblem(place, $"is not known here{Spelling.Hint(field.Name, [.. shape.Properties.Select(property => property.Name)])}"));
        }
    }

    private static bool IsDiscriminator(string name, Type type)
    {
        for (var kind = type; kind is not null && kind != typeof(object); kind = kind.BaseType)
        {
            if (WireJson.Options.GetTypeInfo(kind).PolymorphismOptions?.TypeDiscriminatorPropertyName == name)
            {
                return true;
            }
        }

        return false;
    }

    // An object may be sent back as it was read; what only the engine sets is then ignored.
    private static bool IsInAnswer(string name, Type type) => type.GetCustomAttribute<AnsweredAsAttribute>() is { } answer
        && WireJson.Options.GetTypeInfo(answer.Type).Properties.Any(property => property.Name == name);
}

/// <summary>Says which record answers a request about the same object.</summary>
/// <param name="type">The record.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AnsweredAsAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
