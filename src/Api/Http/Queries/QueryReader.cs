using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Http;

/// <summary>
/// The query string as the product's clients write it: plain names, and bracketed ones such as <c>created_at[before]</c> or
/// <c>filters[name][conditions][$is][0]</c>. Unknown parameters are ignored. Handlers take it as a parameter.
/// </summary>
internal sealed class QueryReader
{
    // Within what a body may have, and what can be written.
    private const int MostLevels = 16;

    private readonly List<(string[] Path, string Value)> _values = [];

    private QueryReader(IQueryCollection query)
    {
        foreach (var (key, values) in query)
        {
            var path = key.Split(['[', ']'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var value in values)
            {
                if (key.Contains('\0', StringComparison.Ordinal) || value?.Contains('\0', StringComparison.Ordinal) == true)
                {
                    throw Refuse(key.Replace("\0", "", StringComparison.Ordinal), "must not contain NUL characters");
                }

                if (path.Length > 0 && value is not null)
                {
                    _values.Add((path, value));
                }
            }
        }
    }

    public static ValueTask<QueryReader?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<QueryReader?>(new QueryReader(context.Request.Query));

    /// <summary>A text; an empty one counts as not given.</summary>
    public string? Text(string name, int maxLength = TextLimits.Name) => Texts(name, maxLength).LastOrDefault();

    /// <summary>All values of a name, given repeatedly or with indexes.</summary>
    public List<string> Texts(string name, int maxLength = TextLimits.Name)
    {
        var found = new List<string>();
        foreach (var (path, value) in _values)
        {
            if (path[0] == name && value.Length > 0 && (path.Length == 1 || (path.Length == 2 && IsIndex(path[1]))))
            {
                found.Add(value.Length <= maxLength ? value : throw Refuse(name, $"must not have more than {maxLength} characters"));
            }
        }

        return found;
    }

    public int Limit()
    {
        var limit = Integer("limit") ?? 10;
        return limit is >= 1 and <= 100 ? (int)limit : throw Refuse("limit", "must be between 1 and 100");
    }

    /// <summary>The page, from 1.</summary>
    /// <param name="max">The last page the resource serves.</param>
    public int Page(int max)
    {
        var page = Integer("page") ?? 1;
        if (page > max)
        {
            throw new RefusedException(ApiError.PageOverLimit(max));
        }

        return page >= 1 ? (int)page : throw Refuse("page", "must be >= 1");
    }

    /// <summary>The id of the last entry that is known; none that another list has.</summary>
    /// <param name="prefix">What ids of the list begin with.</param>
    public string? StartingAfterId(string prefix)
    {
        var id = Text("starting_after_id");
        return id is null || (id.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(id.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            ? id
            : throw Refuse("starting_after_id", "is none of this list");
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var value = Text(name);
        if (value is null || allowed.Contains(value))
        {
            return value;
        }

        throw Refuse(name, $"must be one of: {string.Join(", ", allowed!)}");
    }

    /// <summary>One of the values that the parameter is described with.</summary>
    public string? OneOf(QueryParameter parameter) => OneOf(parameter.Name, [.. parameter.Values]);

    /// <summary>Those of the values that the parameter is described with that are given, each once.</summary>
    public IReadOnlyList<string> AnyOf(QueryParameter parameter)
    {
        var given = Texts(parameter.Name).Distinct(StringComparer.Ordinal).ToList();
        return given.All(parameter.Values.Contains) ? given : throw Refuse(parameter.Name, $"must be one of: {string.Join(", ", parameter.Values)}");
    }

    /// <summary>The order: one of the fields, or one with a leading minus.</summary>
    public string Order(string byDefault, params ReadOnlySpan<string> fields)
    {
        if (Text("order") is not { } order)
        {
            return byDefault;
        }

        return fields.Contains(order.StartsWith('-') ? order[1..] : order)
            ? order
            : throw Refuse("order", $"must be one of: {string.Join(", ", fields!)}, with a leading - for descending");
    }

    public DateTimeOffset? Instant(string name) => Text(name) is { } text ? ToInstant(name, text) : null;

    /// <summary><c>name[before]</c> and <c>name[after]</c>.</summary>
    public TimeRange? Range(string name) => ToRange(name, At(name, "before"), At(name, "after"));

    /// <summary><c>filters[name][conditions][$before]</c> and <c>[$after]</c>.</summary>
    public TimeRange? FilterRange(string name) =>
        ToRange(name, At("filters", name, "conditions", "$before"), At("filters", name, "conditions", "$after"));

    /// <summary><c>filters[FIELD][conditions][$OPERATOR][0]</c> as the object that bodies have for it; null where there are none.</summary>
    public RawJson? Filters()
    {
        var filters = new JsonObject();
        foreach (var (path, value) in _values.Where(static one => one.Path[0] == "filters"))
        {
            if (path is ["filters", "junction"])
            {
                filters["junction"] = value;
            }
            else if (path is ["filters", not "junction", "conditions", _] || (path is ["filters", not "junction", "conditions", _, var at] && IsIndex(at)))
            {
                var conditions = (filters[path[1]] ??= new JsonObject { ["conditions"] = new JsonObject() })["conditions"]!.AsObject();
                (conditions[path[3]] ??= new JsonArray()).AsArray().Add((JsonNode)value);
            }
            else
            {
                throw Refuse("filters", "must be filters[FIELD][conditions][$OPERATOR][0], and filters[junction]");
            }
        }

        // With nothing but a junction everything is wanted.
        return filters.All(static filter => filter.Key == "junction") ? null : new RawJson(JsonSerializer.SerializeToUtf8Bytes(filters, WireJson.Options));
    }

    /// <summary>Parameters of some names as the object that a body has for them, of texts alone: <c>order[items][0][quantity]=2</c>. A name that is both a text and an object is refused.</summary>
    public JsonObject Nested(params ReadOnlySpan<string> names)
    {
        var body = new JsonObject();
        foreach (var (path, value) in _values)
        {
            if (!names.Contains(path[0]))
            {
                continue;
            }

            if (path.Length > MostLevels)
            {
                throw Refuse(path[0], $"must be at most {MostLevels} levels deep");
            }

            var parent = body;
            foreach (var segment in path.AsSpan(0, path.Length - 1))
            {
                parent = (parent[segment] ??= new JsonObject()) as JsonObject ?? throw Refuse(path[0], "is both a value and an object");
            }

            parent[path[^1]] = parent[path[^1]] is JsonObject ? throw Refuse(path[0], "is both a value and an object") : value;
        }

        return (JsonObject)WithLists(body);
    }

    private static JsonNode WithLists(JsonObject fields)
    {
        foreach (var (name, value) in fields.ToList())
        {
            if (value is JsonObject inner)
            {
                fields[name] = WithLists(inner);
            }
        }

        return fields.Count > 0 && fields.All(static field => IsIndex(field.Key))
            ? new JsonArray([.. fields.OrderBy(static field => field.Key.Length).ThenBy(static field => field.Key, StringComparer.Ordinal).Select(static field => field.Value?.DeepClone())])
            : fields;
    }

    /// <summary>Refuses filters on anything but the given fields, because leaving one out silently would answer too much.</summary>
    public void RefuseFiltersExcept(params ReadOnlySpan<string> fields)
    {
        foreach (var (path, _) in _values)
        {
            if (path is ["filters", var field, ..] && field != "junction" && !fields.Contains(field))
            {
                throw Refuse($"filters[{field}]", "is not supported here");
            }
        }
    }

    /// <summary>Refuses a parameter that would change what is answered and cannot.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="rule">Why.</param>
    public void RefuseGiven(string name, string rule)
    {
        if (_values.Any(one => one.Path[0] == name))
        {
            throw Refuse(name, rule);
        }
    }

    /// <summary>The refusal of a parameter, to be thrown.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="rule">What it must be.</param>
    public static RefusedException Refuse(string name, string rule) => new(ApiError.InvalidQuery($"Property .{name} {rule}"));

    private static TimeRange? ToRange(string name, string? before, string? after) => before is null && after is null
        ? null
        : new TimeRange(before is null ? null : ToInstant(name, before), after is null ? null : ToInstant(name, after));

    private string? At(params ReadOnlySpan<string> wanted)
    {
        foreach (var (path, value) in _values)
        {
            var indexed = path.Length == wanted.Length + 1 && IsIndex(path[^1]);
            if ((indexed || path.Length == wanted.Length) && path.AsSpan(0, wanted.Length).SequenceEqual(wanted) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }

    private long? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refuse(name, "must be an integer");
    }

    // A plus that was not percent-encoded arrives as a space.
    private static DateTimeOffset ToInstant(string name, string text) => IsoTime.TryInstant(text.Replace(' ', '+'), out var instant)
        ? instant
        : throw Refuse(name, "cannot be recognized as a ISO-8601 compliant date");

    private static bool IsIndex(string segment) => segment.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
