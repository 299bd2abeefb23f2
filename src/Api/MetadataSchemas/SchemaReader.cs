using System.Text.Json;
using Marketing.Http;

namespace Marketing.MetadataSchemas;

/// <summary>Reads schemas. Definitions are taken in the spelling of either surface: <c>object_type</c>, or <c>objectType</c> as the project's own keys are answered.</summary>
internal static class SchemaReader
{
    public static string Name(Payload body, string field)
    {
        var name = body.RequiredText(field, SchemaLimits.Name);
        return body.Line(field, SchemaLimits.Name) is not null && !string.IsNullOrWhiteSpace(name) ? name : throw body.Refuse($".{field}", "must NOT be blank");
    }

    /// <summary>The definitions of a level of the body, in their order.</summary>
    public static IReadOnlyList<SchemaProperty> Properties(Payload body)
    {
        var given = body.RequiredObject("properties");
        var properties = new Dictionary<string, SchemaProperty>(StringComparer.Ordinal);
        foreach (var property in given.Element.EnumerateObject())
        {
            var key = property.Name;
            if (string.IsNullOrWhiteSpace(key) || key.Length > SchemaLimits.Name || key.Any(char.IsControl))
            {
                throw given.Refuse($".{PlainText.Start(key, 60)}", $"must be a name of 1 to {SchemaLimits.Name} characters, without control characters");
            }

            if (properties.Count == SchemaLimits.Properties)
            {
                throw given.Refuse("", $"must NOT have more than {SchemaLimits.Properties} properties");
            }

            properties[key] = Property(key, new Payload(property.Value, $"{given.Path}.{key}").AsObject());
        }

        return [.. properties.Values];
    }

    private static SchemaProperty Property(string key, Payload body)
    {
        var type = body.RequiredText("type", SchemaLimits.Name);
        var isNumber = type == SchemaTypes.Number;
        return new SchemaProperty
        {
            Key = key,
            Type = type,
            Array = body.Flag("array") ?? false,
            Optional = body.Flag("optional") ?? true,
            Deleted = body.Flag("deleted") ?? false,
            ObjectType = body.Line("object_type", SchemaLimits.Name) ?? body.Line("objectType", SchemaLimits.Name),
            MinLength = Length(body, "min_length", "minLength"),
            MaxLength = Length(body, "max_length", "maxLength"),
            ExactLength = Length(body, "exact_length", "exactLength"),
            Texts = isNumber ? [] : body.Texts("eq", SchemaLimits.Values, SchemaLimits.Value) ?? [],
            Numbers = isNumber ? Numbers(body, "eq") : [],
            NotNumbers = Numbers(body, "ne"),
            LessThan = Number(body, "lt"),
            AtMost = Number(body, "lte"),
            GreaterThan = Number(body, "gt"),
            AtLeast = Number(body, "gte"),
        };
    }

    private static int? Length(Payload body, string name, string other) => (int?)(body.Integer(name, 0, SchemaLimits.Length) ?? body.Integer(other, 0, SchemaLimits.Length));

    private static decimal? Number(Payload body, string name) => body.Any(name) is { } number ? Number(number) : null;

    private static List<decimal> Numbers(Payload body, string name) => body.List(name, SchemaLimits.Values) is { } numbers ? [.. numbers.Select(Number)] : [];

    private static decimal Number(Payload given) =>
        given.Element.ValueKind == JsonValueKind.Number && given.Element.TryGetDecimal(out var number) ? number : throw given.Refuse("", "must be number");
}
