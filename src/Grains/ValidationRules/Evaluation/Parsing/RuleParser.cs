using System.Globalization;
using System.Text.Json;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>
/// Turns the JSON of a rule into what can be asked. Strict on purpose: a condition that is not understood would be one that keeps nobody out.
/// </summary>
internal sealed class RuleParser
{
    private const int MaxDepth = 5;
    private const int MaxRules = 200;
    private const int MaxMessage = 4_000;
    private const int MaxProperty = 1_000;
    private const int MaxPropertyDepth = 10;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 32 };

    private readonly string _id;
    private readonly ZoneCalendar _calendar;
    private readonly FilterProblems _problems = new();
    private int _count;

    private RuleParser(string id, FilterSettings settings) => (_id, _calendar) = (id, new ZoneCalendar(settings));

    public static RuleParseResult Parse(string id, RawJson document, FilterSettings settings)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document.Utf8, Shallow);
            return new RuleParser(id, settings).Parse(parsed.RootElement);
        }
        catch (JsonException problem)
        {
            return new RuleParseResult.Malformed([new FieldProblem("rules", $"is not valid JSON: {problem.Message}")]);
        }
        catch (InvalidOperationException)
        {
            // The only text that JSON can escape and .NET cannot hold: half of a surrogate pair.
            return new RuleParseResult.Malformed([new FieldProblem("rules", "contains text that is not valid Unicode.")]);
        }
    }

    private RuleParseResult Parse(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return new RuleParseResult.Malformed([new FieldProblem("rules", "must be an object.")]);
        }

        var message = Message("error", Field(root, "error"));
        var gathered = new RuleGathered();
        var rules = ReadSet(new RulePlace("rules", "", message, 1), Field(root, "rules"), gathered);
        var bundle = new BundleReader(_problems).Read(Field(root, "bundle_rules"));
        var applicable = new ApplicableReader(_problems).Read(Field(root, "applicable_to"), gathered.Applicable);
        return _problems.Count > 0
            ? new RuleParseResult.Malformed([.. _problems.Found.Select(static problem => new FieldProblem(problem.Path, problem.Message))])
            : new RuleParseResult.Ok(new CompiledRule(_id, rules, gathered, bundle, applicable, message));
    }

    private RuleSet ReadSet(RulePlace place, JsonElement set, RuleGathered gathered)
    {
        if (set.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return RuleSet.Empty;
        }

        if (set.ValueKind is not JsonValueKind.Object)
        {
            _problems.Add(place.Path, "must be an object of numbered rules, with logic.");
            return RuleSet.Empty;
        }

        var numbered = RuleNumbers.Read(place.Path, set, RuleSet.Most, _problems, "logic");
        if (numbered.Count > 0 && place.Depth > MaxDepth)
        {
            _problems.Add(place.Path, $"is nested too deep; {MaxDepth} levels are allowed.");
            return RuleSet.Empty;
        }

        var (nodes, found) = (new List<RuleNode>(), new List<RuleGathered>());
        for (var at = 0; at < numbered.Count && !_problems.IsFull; at++)
        {
            var one = new RuleGathered();
            found.Add(one);
            if (ReadRule(place.Of(at + 1), numbered[at], one) is { } node)
            {
                nodes.Add(node);
            }
        }

        var logic = Logic(place.Path, Field(set, "logic"), numbered.Count);
        if (nodes.Count < numbered.Count || logic is null)
        {
            return RuleSet.Empty;
        }

        // What the logic does not name counts for nothing.
        var used = logic.Used(nodes.Count);
        foreach (var one in found.Where((_, at) => used[at]))
        {
            gathered.Add(one);
        }

        return new RuleSet(nodes, logic);
    }

    private RuleLogic? Logic(string path, JsonElement written, int count)
    {
        if (written.ValueKind is not (JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            _problems.Add($"{path}.logic", "must be a text such as \"1 and (2 or 3)\".");
            return null;
        }

        var text = written.ValueKind is JsonValueKind.String ? written.GetString()! : "";
        if (string.IsNullOrWhiteSpace(text))
        {
            return RuleLogic.All(count);
        }

        var logic = RuleLogic.Parse(text, count, out var problem);
        if (problem is not null)
        {
            _problems.Add($"{path}.logic", problem);
        }

        return logic;
    }

    private RuleNode? ReadRule(RulePlace place, JsonElement rule, RuleGathered gathered)
    {
        if (++_count > MaxRules)
        {
            _problems.Add(place.Path, $"is one rule too many; {MaxRules} are allowed.");
            return null;
        }

        if (rule.ValueKind is not JsonValueKind.Object)
        {
            _problems.Add(place.Path, "must be an object with name and conditions.");
            return null;
        }

        var name = Field(rule, "name") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        if (RuleKinds.Find(name) is not { } kind)
        {
            _problems.Add($"{place.Path}.name", WhyNotName(name));
            return null;
        }

        var message = Message($"{place.Path}.error", Field(rule, "error")) ?? place.Message;
        var failure = new RuleFailure(place.Number, name, kind.Area, message);
        var property = Property(place.Path, name, kind, Field(rule, "property"));
        var operators = new RuleOperators($"{place.Path}.conditions", name, kind, _calendar, _problems);
        operators.Read(Field(rule, "conditions"));
        var within = new RuleGathered();
        var nested = ReadSet(new RulePlace($"{place.Path}.rules", place.Number, message, place.Depth + 1), Field(rule, "rules"), within);
        if (_problems.Count > 0)
        {
            return null;
        }

        var parts = new RuleParts(failure, nested)
        {
            Test = new FigureTest(operators.Conditions),
            Metadata = property is null ? null! : new MetadataTest(property, operators.Conditions),
            Segments = operators.Segments,
            Items = operators.Items,
            IsOn = operators.IsOn,
            Limit = kind.Counts is var (measure, scope, period) ? new RuleLimit(_id, place.Number, name, measure, scope, period, operators.Most, message, _calendar) : null!,
        };
        gathered.Add(within);
        gathered.Note(kind, parts, within.AppliesDiscount);
        return kind.Build(parts);
    }

    private static string WhyNotName(string name) => name.Length == 0
        ? $"is required; there are {string.Join(", ", RuleKinds.Names.Order(StringComparer.Ordinal))}."
        : $"'{PlainText.Start(name, 60)}' is not a rule; "
            + (Spelling.Nearest(name, RuleKinds.Names) is { } nearest ? $"did you mean '{nearest}'?" : $"there are {string.Join(", ", RuleKinds.Names.Order(StringComparer.Ordinal))}.");

    // The names from the root of the document down to the field.
    private string[]? Property(string path, string name, RuleKind kind, JsonElement property)
    {
        if (!kind.NeedsProperty)
        {
            return null;
        }

        var text = property.ValueKind is JsonValueKind.String ? property.GetString()! : "";
        var names = text.Split('.');
        if (text.Length == 0)
        {
            _problems.Add($"{path}.property", $"is required: Rule '{name}' must have a 'property'.");
        }
        else if (text.Length > MaxProperty || names.Length > MaxPropertyDepth || names.Contains(""))
        {
            _problems.Add($"{path}.property", $"must be KEY, or KEY.KEY, at most {MaxPropertyDepth} levels and {MaxProperty} characters.");
        }

        return kind.Root is { } root ? [root, .. names] : names;
    }

    private string? Message(string path, JsonElement error)
    {
        if (error.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        if (error.ValueKind is not JsonValueKind.Object)
        {
            _problems.Add(path, "must be an object with message.");
            return null;
        }

        return new PartReader(path, error, _problems).Text("message", MaxMessage);
    }

    private static JsonElement Field(JsonElement parent, string name) => parent.TryGetProperty(name, out var field) ? field : default;

    /// <summary>Where the parser is.</summary>
    /// <param name="Path">In the JSON.</param>
    /// <param name="Number">Of the rule around; empty at the top.</param>
    /// <param name="Message">What is said where a rule has no message of its own.</param>
    /// <param name="Depth">From 1.</param>
    private sealed record RulePlace(string Path, string Number, string? Message, int Depth)
    {
        public RulePlace Of(int number)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            return this with { Path = $"{Path}.{text}", Number = Number.Length == 0 ? text : $"{Number}.{text}" };
        }
    }
}

/// <summary>What a rule says beside whether it holds.</summary>
internal sealed class RuleGathered
{
    private readonly List<RuleLimit> _limits = [];
    private readonly List<ApplicableTo> _applicable = [];
    private readonly HashSet<string> _segments = new(StringComparer.Ordinal);

    public IReadOnlyList<RuleLimit> Limits => _limits;

    /// <summary>Items that conditions make a discount applicable to.</summary>
    public IReadOnlyList<ApplicableTo> Applicable => _applicable;

    public IReadOnlyCollection<string> Segments => _segments;

    /// <summary>Whether a discount goes to what the condition around it found.</summary>
    public bool AppliesDiscount { get; private set; }

    /// <summary>Whether certain products are asked for.</summary>
    public bool NamesItems { get; private set; }

    public void Add(RuleGathered other)
    {
        NamesItems |= other.NamesItems;
        _limits.AddRange(other._limits);
        _applicable.AddRange(other._applicable);
        _segments.UnionWith(other._segments);
        AppliesDiscount |= other.AppliesDiscount;
    }

    /// <summary>Notes a condition.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="parts">What was read of it.</param>
    /// <param name="appliesDiscount">Whether a condition within it makes a discount applicable to what it finds.</param>
    public void Note(RuleKind kind, RuleParts parts, bool appliesDiscount)
    {
        NamesItems |= kind.NamesItems;
        _segments.UnionWith(parts.Segments.SelectMany(static entry => entry.Ids));
        if (kind.Counts is not null)
        {
            _limits.Add(parts.Limit);
        }

        if (kind.Operands is RuleOperands.Items && appliesDiscount)
        {
            _applicable.AddRange(parts.Items.Named.Select(static item => new ApplicableTo { Item = item }));
        }
        else if (kind.Operands is RuleOperands.Metadata && appliesDiscount)
        {
            _applicable.Add(new ApplicableTo { Metadata = parts.Metadata });
        }

        AppliesDiscount = kind.IsDiscountApplicable && parts.IsOn;
    }
}
