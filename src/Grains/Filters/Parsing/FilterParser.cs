using System.Text.Json;
using System.Text.Unicode;

namespace Marketing.Filters;

/// <summary>
/// Turns the JSON of a filter into conditions. Strict on purpose: what is not understood would otherwise be a segment that quietly
/// holds the wrong customers.
/// </summary>
internal sealed class FilterParser
{
    private const int MaxFields = 50;
    private const int MaxNameLength = 1_000;

    // Of names that can only be wrong when they are longer.
    private const int MaxShown = 60;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 10 };

    private readonly FilterSubject _subject;
    private readonly ZoneCalendar _calendar;
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<FieldClause> _clauses = [];
    private readonly FilterProblems _problems = new();
    private bool? _anyIsEnough;

    private FilterParser(FilterSubject subject, FilterSettings settings) => (_subject, _calendar) = (subject, new ZoneCalendar(settings));

    public static FilterParseResult Parse(ReadOnlyMemory<byte> json, FilterSubject subject, FilterSettings settings)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return new FilterParseResult.Malformed("", "The filter is not valid UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Shallow);
            return new FilterParser(subject, settings).Parse(document.RootElement);
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

        foreach (var property in root.EnumerateObject().TakeWhile(_ => !_problems.IsFull))
        {
            if (property.Name is "junction")
            {
                ReadJunction(property.Value);
            }
            else
            {
                ReadField(property.Name, property.Value);
            }
        }

        if (_problems.Count == 0 && _clauses.Count == 0)
        {
            _problems.Add("", "A filter needs at least one field.");
        }

        return _problems.Count > 0
            ? new FilterParseResult.Malformed(_problems.Found)
            : new FilterParseResult.Ok(new Filter(_clauses, _anyIsEnough ?? false));
    }

    private void ReadJunction(JsonElement value)
    {
        var word = value.ValueKind is JsonValueKind.String ? value.GetString()!.ToUpperInvariant() : null;
        if (word is not ("AND" or "OR"))
        {
            _problems.Add("junction", "must be \"and\" or \"or\".");
        }
        else if (_anyIsEnough is not null)
        {
            _problems.Add("junction", "appears twice.");
        }

        _anyIsEnough = word is "OR";
    }

    private void ReadField(string name, JsonElement value)
    {
        if (name.Length > MaxNameLength)
        {
            _problems.Add($"{PlainText.Start(name, 40)}…", $"is longer than {MaxNameLength} characters.");
        }
        else if (!_subject.TryResolve(name, out var field, out var refusal))
        {
            _problems.Add(name, refusal);
        }
        else if (!_paths.Add(field.Path))
        {
            _problems.Add(name, "appears twice; put all conditions of a field into one entry.");
        }
        else if (_paths.Count > MaxFields)
        {
            _problems.Add(name, $"is one field too many; {MaxFields} are allowed.");
        }
        else if (value.ValueKind is not JsonValueKind.Object)
        {
            _problems.Add(name, "must be an object with \"conditions\".");
        }
        else
        {
            ReadClause(name, value, field);
        }
    }

    private void ReadClause(string name, JsonElement value, FilterField field)
    {
        var before = _problems.Count;
        var conditions = new Dictionary<string, Condition>(StringComparer.Ordinal);
        foreach (var part in value.EnumerateObject().TakeWhile(_ => !_problems.IsFull))
        {
            var path = $"{name}.{PlainText.Start(part.Name, MaxShown)}";
            if (part.Name is not "conditions")
            {
                _problems.Add(path, "is not known here; only \"conditions\" is.");
            }
            else if (part.Value.ValueKind is not JsonValueKind.Object)
            {
                _problems.Add(path, "must be an object of operators and their values.");
            }
            else
            {
                ReadConditions(path, part.Value, field, conditions);
            }
        }

        if (conditions.Count > 0)
        {
            _clauses.Add(new FieldClause(field, conditions.Values));
        }
        else if (_problems.Count == before)
        {
            _problems.Add(name, "needs at least one condition.");
        }
    }

    private void ReadConditions(string path, JsonElement value, FilterField field, Dictionary<string, Condition> into)
    {
        foreach (var condition in value.EnumerateObject().TakeWhile(_ => !_problems.IsFull))
        {
            var name = PlainText.Start(condition.Name, MaxShown);
            var place = $"{path}.{name}";
            if (FilterOperators.Find(name, field, out var refusal) is not { } found)
            {
                _problems.Add(place, refusal);
                continue;
            }

            var built = found.Build(new OperandReader(place, condition.Value, field, _calendar, _problems));
            if (!into.TryAdd(name, built))
            {
                _problems.Add(place, "appears twice.");
            }
        }
    }
}
