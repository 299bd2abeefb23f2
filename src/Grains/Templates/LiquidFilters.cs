using System.Collections;
using System.Text;
using DotLiquid;

namespace Marketing.Templates;

/// <summary>The filters of the template language. All are plain delegates; those the engine does well are its own.</summary>
internal static class LiquidFilters
{
    public static IReadOnlyDictionary<string, LiquidFilter> All { get; } = Build()
        .Concat(TextFilters.All)
        .Concat(NumberFilters.All)
        .ToDictionary(filter => filter.Name, StringComparer.Ordinal);

    private static IEnumerable<LiquidFilter> Build() =>
    [
        new("default", 1, 1, (_, input, arguments) => input is null or false or "" or object?[] { Length: 0 } ? arguments[0] : input),
        new("size", 0, 0, (_, input, _) => input switch
        {
            string text => text.Length,
            ICollection list => list.Count,
            IEnumerable list => RenderBudget.Items(list).Count(),
            _ => 0,
        }),
        new("json", 0, 0, (_, input, _) => JsonText.Of(input)),
        new("date", 1, 1, (run, input, arguments) => StandardFilters.Date(run.Context, DateFilter.Parse(input), LiquidText.Of(arguments[0]))),
        new("first", 0, 0, (_, input, _) => List(input) is { Count: > 0 } list ? list[0] : null),
        new("last", 0, 0, (_, input, _) => List(input) is { Count: > 0 } list ? list[^1] : null),
        new("join", 0, 1, (_, input, arguments) => Join(List(input), arguments.Length == 0 ? " " : LiquidText.Of(arguments[0]))),
        new("reverse", 0, 0, (_, input, _) => List(input).AsEnumerable().Reverse().ToArray()),
        new("uniq", 0, 0, (_, input, _) => List(input).Distinct().ToArray()),
        new("compact", 0, 0, (_, input, _) => List(input).Where(item => item is not null).ToArray()),
        new("concat", 1, 1, (_, input, arguments) => List(List(input).Concat(List(arguments[0]))).ToArray()),
        new("sort", 0, 1, (run, input, arguments) => StandardFilters.Sort(run.Context, Fields(input), Optional(arguments))),
        new("sort_natural", 0, 1, (_, input, arguments) => StandardFilters.SortNatural(Fields(input), Optional(arguments))),
        new("map", 1, 1, (_, input, arguments) => List(input).Select(item => Field(item, LiquidText.Of(arguments[0]))).ToArray()),
        new("where", 1, 2, (_, input, arguments) => List(input).Where(item => Matches(item, arguments)).ToArray()),
        new("sum", 0, 1, (_, input, arguments) => Sum(input, arguments)),
    ];

    private static object? Sum(object? input, object?[] arguments)
    {
        var items = arguments.Length == 0 ? List(input) : [.. List(input).Select(item => Field(item, LiquidText.Of(arguments[0])))];
        return NumberFilters.Compact(items.Sum(item => NumberFilters.Number(item)));
    }

    private static List<object?> List(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable list => [.. RenderBudget.Items(list)],
        _ => [value],
    };

    // The engine's sort reads properties of dictionaries, not of our lazily read objects.
    private static List<object?> Fields(object? input) => [.. List(input).Select(item => item is JsonDrop drop ? ToDictionary(drop) : item)];

    private static Dictionary<string, object?> ToDictionary(JsonDrop drop) =>
        RenderBudget.Items(drop).Cast<object?[]>().ToDictionary(pair => (string)pair[0]!, pair => pair[1]);

    private static object? Field(object? item, string name) => item switch
    {
        JsonDrop drop => drop[name],
        IDictionary<string, object?> fields => fields.TryGetValue(name, out var value) ? value : null,
        _ => null,
    };

    private static bool Matches(object? item, object?[] arguments)
    {
        var value = Field(item, LiquidText.Of(arguments[0]));
        return arguments.Length == 1 ? value is not (null or false) : LiquidText.Of(value) == LiquidText.Of(arguments[1]);
    }

    private static string? Optional(object?[] arguments) => arguments.Length == 0 ? null : LiquidText.Of(arguments[0]);

    private static string Join(List<object?> list, string between)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            // Before it is appended: a list may name one long text again and again.
            var text = LiquidText.Of(list[i]);
            TextFilters.CheckLength((long)joined.Length + between.Length + text.Length);
            joined.Append(i == 0 ? "" : between).Append(text);
        }

        return joined.ToString();
    }
}
