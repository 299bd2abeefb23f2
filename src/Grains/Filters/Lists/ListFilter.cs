using System.Text.Json;

namespace Marketing.Filters;

/// <summary>The filters of a list or an export, understood. Asked by one caller at a time.</summary>
internal sealed class ListFilter
{
    private readonly FilterSet _set;
    private readonly FieldValues _values;
    private readonly IReadOnlyList<string> _fields;

    private ListFilter(Filter filter)
    {
        _fields = filter.Fields;
        _set = new FilterSet([filter]);
        _values = _set.NewValues();
    }

    /// <summary>The filter, or what is wrong with it.</summary>
    /// <param name="given">As it was written.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="calendar">What days and weeks are in the project.</param>
    /// <param name="path">Where the filters stand in what was given.</param>
    public static (ListFilter? Filter, IReadOnlyList<FieldProblem> Problems) Parse(RawJson given, FilterSubject subject, FilterSettings calendar, string path = "filters") =>
        FilterParser.Parse(given.Utf8, subject, calendar) switch
        {
            FilterParseResult.Ok ok => (new ListFilter(ok.Filter), []),
            FilterParseResult.Malformed malformed => (null, [.. malformed.Problems.Select(problem => new FieldProblem(problem.Path.Length == 0 ? path : $"{path}.{problem.Path}", problem.Message))]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Whether an object meets it.</summary>
    /// <param name="document">The object, as its shape says.</param>
    /// <param name="now">What the filter calls now.</param>
    public bool Meets(ReadOnlySpan<byte> document, DateTimeOffset now)
    {
        _set.Read(document, _values);
        return _set.Matches(0, _values, now);
    }

    /// <summary>Whether it asks for a field, which may be dear to know.</summary>
    public bool Reads(string field) => _fields.Contains(field);

    /// <summary>The values of which an object must have one in a field to meet filters; null where they may be about any.</summary>
    /// <param name="filters">As they were written.</param>
    /// <param name="fields">The field and its other names.</param>
    public static IReadOnlyList<string>? NamedBy(RawJson? filters, params ReadOnlySpan<string> fields)
    {
        if (filters?.ToElement() is not { ValueKind: JsonValueKind.Object } given
            || (given.TryGetProperty("junction", out var junction) && !(junction.ValueKind == JsonValueKind.String && junction.GetString()!.Equals("and", StringComparison.OrdinalIgnoreCase))))
        {
            return null;
        }

        foreach (var field in fields)
        {
            if (given.TryGetProperty(field, out var wanted) && wanted.ValueKind == JsonValueKind.Object
                && wanted.TryGetProperty("conditions", out var conditions) && conditions.ValueKind == JsonValueKind.Object
                && (conditions.TryGetProperty("$is", out var values) || conditions.TryGetProperty("$in", out values)) && values.ValueKind == JsonValueKind.Array
                && values.EnumerateArray().All(static value => value.ValueKind == JsonValueKind.String))
            {
                return [.. values.EnumerateArray().Select(static value => value.GetString()!).Distinct(StringComparer.Ordinal)];
            }
        }

        return null;
    }

    /// <summary>The only value that an object may have in a field to meet filters; null where there are several, or it may be any.</summary>
    public static string? OnlyNamedBy(RawJson? filters, params ReadOnlySpan<string> fields) => NamedBy(filters, fields) is [var only] ? only : null;
}
