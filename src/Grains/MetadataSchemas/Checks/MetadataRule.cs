using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Marketing.Filters;

namespace Marketing.MetadataSchemas;

/// <summary>A definition, compiled: what the values of one key must be. Immutable.</summary>
internal sealed class MetadataRule
{
    // Of a value that is shown in an answer.
    private const int Shown = 60;

    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png"];

    private readonly SchemaProperty _definition;
    private readonly MetadataSchema? _nested;
    private readonly string _words;

    /// <param name="definition">Not a removed one.</param>
    /// <param name="nested">Of an object, its schema; null where it may be any object.</param>
    public MetadataRule(SchemaProperty definition, MetadataSchema? nested)
    {
        _definition = definition;
        _nested = nested;
        _words = Describe(definition);
    }

    public string Key => _definition.Key;

    /// <summary>One of <see cref="SchemaTypes"/>.</summary>
    public string Type => _definition.Type;

    /// <summary>Whether there are several values.</summary>
    public bool IsList => _definition.Array;

    /// <summary>The texts that are allowed; empty where any is.</summary>
    public IReadOnlyList<string> Texts => _definition.Texts;

    public bool IsRequired => !_definition.Optional;

    /// <summary>What is said where the key is missing.</summary>
    public string Missing => _words;

    /// <summary>Adds what is wrong with a value, by its path.</summary>
    public void Check(JsonElement value, string path, List<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            // As everywhere: null is no value. One that has to be there is missed by the schema.
            return;
        }

        if (!_definition.Array)
        {
            CheckOne(value, path, problems);
            return;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(value, path, problems);
            return;
        }

        var at = 0;
        foreach (var element in value.EnumerateArray())
        {
            CheckOne(element, $"{path}[{at++}]", problems);
        }
    }

    /// <summary>The value that a cell of a file means; a cell that means none stays the text it is, and is refused when it is checked.</summary>
    public void WriteCell(string cell, Utf8JsonWriter json)
    {
        if (!_definition.Array)
        {
            WriteOne(cell, json);
            return;
        }

        json.WriteStartArray();
        foreach (var element in cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            WriteOne(element, json);
        }

        json.WriteEndArray();
    }

    private void WriteOne(string cell, Utf8JsonWriter json)
    {
        switch (_definition.Type)
        {
            case SchemaTypes.Number when decimal.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number):
                json.WriteNumberValue(number);
                break;
            case SchemaTypes.Flag when bool.TryParse(cell, out var flag):
                json.WriteBooleanValue(flag);
                break;
            case SchemaTypes.Flag when cell.Equals("null", StringComparison.OrdinalIgnoreCase):
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(cell);
                break;
        }
    }

    private void CheckOne(JsonElement value, string path, List<FieldProblem> problems)
    {
        if (!IsAsDefined(value))
        {
            Add(value, path, problems);
        }
        else if (_nested is not null)
        {
            _nested.Check(value, value, $"{path}.", problems);
        }
    }

    private bool IsAsDefined(JsonElement value) => _definition.Type switch
    {
        SchemaTypes.Text => value.ValueKind == JsonValueKind.String && IsAllowed(value.GetString()!),
        SchemaTypes.Number => value.ValueKind == JsonValueKind.Number && IsAllowed(NumberText.Saturate(JsonMarshal.GetRawUtf8Value(value))),
        SchemaTypes.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        SchemaTypes.Date => Written(value) is { } text && IsoDate.TryParse(text, out var day) && !day.HasTime,
        SchemaTypes.Instant => Written(value) is { } text && IsoDate.TryParse(text, out var instant) && instant.HasTime,
        SchemaTypes.Image => value.ValueKind == JsonValueKind.String && IsPicture(value.GetString()!),
        SchemaTypes.Place => Written(value) is { } text && GeoPoint.TryParse(text, out _),
        _ => value.ValueKind == JsonValueKind.Object,
    };

    private bool IsAllowed(string text) =>
        !(text.Length < _definition.MinLength) && !(text.Length > _definition.MaxLength) && (_definition.ExactLength is not { } exact || text.Length == exact)
        && (_definition.Texts.Count == 0 || _definition.Texts.Contains(text, StringComparer.Ordinal));

    private bool IsAllowed(decimal number) =>
        !(number >= _definition.LessThan) && !(number > _definition.AtMost) && !(number <= _definition.GreaterThan) && !(number < _definition.AtLeast)
        && (_definition.Numbers.Count == 0 || _definition.Numbers.Contains(number)) && !_definition.NotNumbers.Contains(number);

    private static bool IsPicture(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && Pictures.Any(kind => address.AbsolutePath.EndsWith(kind, StringComparison.OrdinalIgnoreCase));

    private static byte[]? Written(JsonElement value) => value.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(value.GetString()!) : null;

    private void Add(JsonElement value, string path, List<FieldProblem> problems)
    {
        if (problems.Count < MetadataSchema.MostProblems)
        {
            var actual = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            problems.Add(new FieldProblem(path, $"{_words} (actual value is '{PlainText.Start(actual, Shown)}')"));
        }
    }

    private static string Describe(SchemaProperty definition)
    {
        var required = definition.Optional ? "" : ", property is required";
        var rules = string.Join(", ", Rules(definition));
        return definition.Array ? $"must be an array{required}, and every element: {TypeOf(definition)}{(rules.Length > 0 ? ", " : "")}{rules}"
            : $"{TypeOf(definition)}{required}{(rules.Length > 0 ? ", " : "")}{rules}";
    }

    private static string TypeOf(SchemaProperty definition) => definition.Type switch
    {
        SchemaTypes.Text => "must be a string",
        SchemaTypes.Number => "must be a number",
        SchemaTypes.Flag => "must be a boolean",
        SchemaTypes.Date => "must be a date, YYYY-MM-DD",
        SchemaTypes.Instant => "must be a date and time, ISO 8601",
        SchemaTypes.Image => "must be a URL pointing to JPG/JPEG or PNG resource",
        SchemaTypes.Place => "must be latitude and longitude, such as 52.23,21.01",
        _ => "must be an object",
    };

    private static IEnumerable<string> Rules(SchemaProperty definition)
    {
        (string Words, object? Value)[] rules =
        [
            ("must have at least {0} characters", definition.MinLength), ("must have at most {0} characters", definition.MaxLength),
            ("must have exactly {0} characters", definition.ExactLength), ("must be equal to one of {0}", OneOf(definition.Texts)),
            ("must be equal to one of {0}", OneOf(definition.Numbers)), ("must not be equal to any of {0}", OneOf(definition.NotNumbers)),
            ("must be less than {0}", definition.LessThan), ("must be less than or equal to {0}", definition.AtMost),
            ("must be greater than {0}", definition.GreaterThan), ("must be greater than or equal to {0}", definition.AtLeast),
        ];
        return rules.Where(rule => rule.Value is not null).Select(rule => string.Format(CultureInfo.InvariantCulture, rule.Words, rule.Value));
    }

    private static string? OneOf<T>(IReadOnlyList<T> values) =>
        values.Count == 0 ? null : PlainText.Start(string.Join(',', values.Select(value => string.Format(CultureInfo.InvariantCulture, "{0}", value))), 1_000);
}
