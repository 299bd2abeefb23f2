using System.Collections.Frozen;
using System.Text.Json;

namespace Marketing.MetadataSchemas;

/// <summary>A schema, compiled. Immutable, and asks nobody.</summary>
internal sealed class MetadataSchema
{
    /// <summary>Who sends nonsense is not answered at any length.</summary>
    public const int MostProblems = 100;

    // Of names that are wrong.
    private const int Shown = 60;

    private readonly FrozenDictionary<string, MetadataRule> _rules;
    private readonly MetadataRule[] _required;
    private readonly bool _definedOnly;

    /// <param name="definition">The schema.</param>
    /// <param name="nested">Finds the schema of a nested object, of which there may be none.</param>
    public MetadataSchema(SchemaDefinition definition, Func<string, MetadataSchema?> nested)
    {
        _definedOnly = definition.AllowDefinedOnly == true;
        _rules = definition.Properties.Where(property => !property.Deleted)
            .ToFrozenDictionary(property => property.Key, property => new MetadataRule(property, property.ObjectType is { } type ? nested(type) : null), StringComparer.Ordinal);
        _required = [.. definition.Properties.Where(property => !property.Deleted && !property.Optional).Select(property => _rules[property.Key])];
    }

    /// <summary>What is wrong with metadata that is given as a whole, by paths such as <c>metadata.size</c>; empty when nothing is.</summary>
    public IReadOnlyList<FieldProblem> Check(JsonElement metadata) => Check(metadata, metadata);

    /// <summary>What is wrong with metadata that is laid over what was there: the values that are given, and keys that are missing from what becomes of both.</summary>
    /// <param name="given">What is given, an object.</param>
    /// <param name="result">What becomes of it, an object.</param>
    public IReadOnlyList<FieldProblem> Check(JsonElement given, JsonElement result)
    {
        var problems = new List<FieldProblem>();
        Check(given, result, "metadata.", problems);
        return problems;
    }

    /// <summary>The rules there are.</summary>
    public IReadOnlyCollection<MetadataRule> Rules => _rules.Values;

    /// <summary>The rule of a key; null where it has none.</summary>
    public MetadataRule? Find(string key) => _rules.GetValueOrDefault(key);

    /// <inheritdoc cref="Check(JsonElement, JsonElement)"/>
    /// <param name="given">What is given.</param>
    /// <param name="result">What becomes of it.</param>
    /// <param name="path">What stands before the keys.</param>
    /// <param name="problems">To which it is added.</param>
    public void Check(JsonElement given, JsonElement result, string path, List<FieldProblem> problems)
    {
        foreach (var value in given.EnumerateObject())
        {
            if (_rules.TryGetValue(value.Name, out var rule))
            {
                rule.Check(value.Value, path + value.Name, problems);
            }
            else if (_definedOnly && problems.Count < MostProblems)
            {
                problems.Add(new FieldProblem(path + PlainText.Start(value.Name, Shown), "property is not defined, and only those that are defined are allowed"));
            }
        }

        foreach (var rule in _required)
        {
            if ((!result.TryGetProperty(rule.Key, out var value) || value.ValueKind == JsonValueKind.Null) && problems.Count < MostProblems)
            {
                problems.Add(new FieldProblem(path + rule.Key, rule.Missing));
            }
        }
    }
}
