using System.Text.Json;

namespace Marketing.MetadataSchemas;

/// <summary>What definitions may say, and how schemas change. Pure.</summary>
internal static class SchemaRules
{
    // What the product's own dashboard calls an object of any form.
    private const string AnyObject = "unknown";

    private const string OfObject = "object:";
    private const string OfEvent = "event:";

    /// <summary>How a schema is kept apart from the others of its project.</summary>
    public static string SubjectOf(SchemaKind kind, string name) => (kind == SchemaKind.Event ? OfEvent : OfObject) + name;

    public static SchemaKind KindOf(MetadataSchemaRow row) => row.Subject.StartsWith(OfEvent, StringComparison.Ordinal) ? SchemaKind.Event : SchemaKind.Metadata;

    public static string NameOf(MetadataSchemaRow row) => row.Subject[(row.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static IReadOnlyList<SchemaProperty> PropertiesOf(MetadataSchemaRow row) => JsonSerializer.Deserialize<SchemaProperty[]>(row.Properties.Utf8.Span, WireJson.Options)!;

    public static RawJson Write(IReadOnlyList<SchemaProperty> properties) => new(JsonSerializer.SerializeToUtf8Bytes(properties, WireJson.Options));

    public static SchemaDefinition View(MetadataSchemaRow row) => new()
    {
        Id = row.Id,
        Kind = KindOf(row),
        Name = NameOf(row),
        Properties = PropertiesOf(row),
        AllowDefinedOnly = row.AllowDefinedOnly,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    /// <summary>The row after a change; the one that was there where nothing is different.</summary>
    public static MetadataSchemaRow Apply(MetadataSchemaRow present, SchemaChange change, DateTimeOffset now)
    {
        var row = present with { Properties = Write(Merged(PropertiesOf(present), change.Properties)), AllowDefinedOnly = change.AllowDefinedOnly ?? present.AllowDefinedOnly };
        return row == present ? row : row with { UpdatedAt = now };
    }

    /// <summary>Whether a name is that of an object nested in metadata, and of no resource.</summary>
    public static bool IsNested(SchemaKind kind, string name) => kind == SchemaKind.Metadata && !SchemaResources.All.Contains(name, StringComparer.Ordinal);

    /// <summary>What is wrong with definitions: all of it, by its place.</summary>
    /// <param name="kind">What the schema is about.</param>
    /// <param name="name">Its name.</param>
    /// <param name="given">The definitions.</param>
    /// <param name="present">Those that are there.</param>
    /// <param name="isNestedKnown">Whether there is a nested object of a name.</param>
    public static IReadOnlyList<FieldProblem> ProblemsOf(
        SchemaKind kind, string name, IReadOnlyList<SchemaProperty> given, IReadOnlyList<SchemaProperty> present, Func<string, bool> isNestedKnown)
    {
        var problems = new List<FieldProblem>();
        foreach (var property in given)
        {
            var path = $"properties.{PlainText.Start(property.Key, 60)}";
            var types = kind == SchemaKind.Event ? SchemaTypes.OfEvents : SchemaTypes.OfObjects;
            if (!types.Contains(property.Type, StringComparer.Ordinal))
            {
                problems.Add(new FieldProblem($"{path}.type", $"must be one of: {string.Join(", ", types)}"));
            }
            else if (kind == SchemaKind.Metadata && present.FirstOrDefault(known => known.Key == property.Key) is { } known && known.Type != property.Type)
            {
                problems.Add(new FieldProblem($"{path}.type", $"is fixed: {known.Type}"));
            }
            else
            {
                problems.AddRange(RulesOf(property).Where(rule => rule.Of != property.Type).Select(rule => new FieldProblem($"{path}.{rule.Name}", $"is for the type {rule.Of}")));
                if (property.MinLength > property.MaxLength)
                {
                    problems.Add(new FieldProblem($"{path}.min_length", "must not be greater than max_length"));
                }

                if (property is { Type: SchemaTypes.Nested, ObjectType: { } nested } && WhyNotNested(nested, IsNested(kind, name), isNestedKnown) is { } reason)
                {
                    problems.Add(new FieldProblem($"{path}.object_type", reason));
                }
            }
        }

        if (Merged(present, given).Count > SchemaLimits.Properties)
        {
            problems.Add(new FieldProblem("properties", $"must not become more than {SchemaLimits.Properties}, those that were removed included"));
        }

        return problems;
    }

    private static string? WhyNotNested(string objectType, bool isNestedItself, Func<string, bool> isKnown) =>
        objectType == AnyObject ? null
        : isNestedItself ? "must be null: a nested object has no other objects that are defined"
        : isKnown(objectType) ? null
        : "must be the name of a nested object that is defined";

    // What a definition asks for beyond its type, and of which type that can be asked.
    private static IEnumerable<(string Name, string Of)> RulesOf(SchemaProperty property)
    {
        (string Name, string Of, bool IsGiven)[] rules =
        [
            ("min_length", SchemaTypes.Text, property.MinLength is not null), ("max_length", SchemaTypes.Text, property.MaxLength is not null),
            ("exact_length", SchemaTypes.Text, property.ExactLength is not null), ("eq", SchemaTypes.Text, property.Texts.Count > 0),
            ("eq", SchemaTypes.Number, property.Numbers.Count > 0), ("ne", SchemaTypes.Number, property.NotNumbers.Count > 0),
            ("lt", SchemaTypes.Number, property.LessThan is not null), ("lte", SchemaTypes.Number, property.AtMost is not null),
            ("gt", SchemaTypes.Number, property.GreaterThan is not null), ("gte", SchemaTypes.Number, property.AtLeast is not null),
            ("object_type", SchemaTypes.Nested, property.ObjectType is not null),
        ];
        return rules.Where(rule => rule.IsGiven).Select(rule => (rule.Name, rule.Of));
    }

    private static List<SchemaProperty> Merged(IReadOnlyList<SchemaProperty> present, IReadOnlyList<SchemaProperty> given)
    {
        var merged = present.ToList();
        foreach (var property in given)
        {
            var at = merged.FindIndex(known => known.Key == property.Key);
            if (at < 0)
            {
                merged.Add(property);
            }
            else
            {
                merged[at] = property;
            }
        }

        return merged;
    }
}
