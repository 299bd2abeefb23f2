using System.Text.Json;
using System.Text.Unicode;

namespace Marketing.Segments.Filters;

/// <summary>
/// Turns the JSON of a filter into conditions. Strict on purpose: what is not understood would otherwise be a segment that quietly
/// holds the wrong customers.
/// </summary>
internal sealed class FilterParser
{
    private const int MaxFields = 50;
    private const int MaxNameLength = 1_000;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 10 };

    private readonly ZoneCalendar _calendar;
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<FieldClause> _clauses = [];
    private bool? _anyIsEnough;
    private FilterParseResult.Malformed? _refusal;

    private FilterParser(FilterSettings settings) => _calendar = new ZoneCalendar(settings);

    public static FilterParseResult Parse(ReadOnlyMemory<byte> json, FilterSettings settings)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return new FilterParseResult.Malformed("", "The filter is not valid UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Shallow);
            return new FilterParser(settings).Parse(document.RootElement);
        }
        catch (JsonException problem)
        {
            return new FilterParseResult.Malformed("", $"The filter is not valid JSON: {problem.Message}");
        }
        catch (InvalidOperationException)
        {
            // The only text that JSON can escape and .NET cannot hold: half of a surrogate pair.
            return new FilterParseResult.Malformed("", "The filter contains text that is not valid Unicode.");
        }
    }

    private FilterParseResult Parse(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return new FilterParseResult.Malformed("", "A filter is an object of fields and their conditions.");
        }

        foreach (var property in root.EnumerateObject())
        {
            if (property.Name is "junction")
            {
                ReadJunction(property.Value);
            }
            else
            {
                ReadField(property.Name, property.Value);
            }

            if (_refusal is not null)
            {
                return _refusal;
            }
        }

        return _clauses.Count == 0
            ? new FilterParseResult.Malformed("", "A filter needs at least one field.")
            : new FilterParseResult.Ok(new SegmentFilter(_clauses, _anyIsEnough ?? false));
    }

    private void ReadJunction(JsonElement value)
    {
        var word = value.ValueKind is JsonValueKind.String ? value.GetString()!.ToUpperInvariant() : null;
        if (word is not ("AND" or "OR"))
        {
            Refuse("junction", "must be \"and\" or \"or\".");
        }
        else if (_anyIsEnough is not null)
        {
            Refuse("junction", "appears twice.");
        }

        _anyIsEnough = word is "OR";
    }

    private void ReadField(string name, JsonElement value)
    {
        if (name.Length > MaxNameLength)
        {
            Refuse($"{PlainText.Start(name, 40)}…", $"is longer than {MaxNameLength} characters.");
        }
        else if (!FieldCatalog.TryResolve(name, out var field, out var refusal))
        {
            Refuse(name, refusal);
        }
        else if (!_paths.Add(field.Path))
        {
            Refuse(name, "appears twice; put all conditions of a field into one entry.");
        }
        else if (_paths.Count > MaxFields)
        {
            Refuse(name, $"is one field too many; {MaxFields} are allowed.");
        }
        else if (value.ValueKind is not JsonValueKind.Object)
        {
            Refuse(name, "must be an object with \"conditions\".");
        }
        else
        {
            ReadClause(name, value, field);
        }
    }

    private void ReadClause(string name, JsonElement value, FilterField field)
    {
        var conditions = new Dictionary<string, Condition>(StringComparer.Ordinal);
        foreach (var part in value.EnumerateObject())
        {
            var path = $"{name}.{part.Name}";
            if (part.Name is not "conditions")
            {
                Refuse(path, "is not known here; only \"conditions\" is.");
            }
            else if (part.Value.ValueKind is not JsonValueKind.Object)
            {
                Refuse(path, "must be an object of operators and their values.");
            }
            else
            {
                ReadConditions(path, part.Value, field, conditions);
            }
        }

        if (conditions.Count == 0)
        {
            Refuse(name, "needs at least one condition.");
        }
        else
        {
            _clauses.Add(new FieldClause(field, conditions.Values));
        }
    }

    private void ReadConditions(string path, JsonElement value, FilterField field, Dictionary<string, Condition> into)
    {
        foreach (var condition in value.EnumerateObject())
        {
            var place = $"{path}.{condition.Name}";
            if (FilterOperators.Find(condition.Name, field, out var refusal) is not { } found)
            {
                Refuse(place, refusal);
                return;
            }

            var reader = new OperandReader(place, condition.Value, field, _calendar);
            var built = found.Build(reader);
            _refusal ??= reader.Refusal;
            if (!into.TryAdd(condition.Name, built))
            {
                Refuse(place, "appears twice.");
            }
        }
    }

    private void Refuse(string path, string message) => _refusal ??= new FilterParseResult.Malformed(path, message);
}
