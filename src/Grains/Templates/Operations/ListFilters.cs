using Fluid.Values;

namespace Marketing.Templates;

/// <summary>Filters on lists, and those that take anything. Lists in lists are taken as one, a single value as a list of it.</summary>
internal static class ListFilters
{
    public static IEnumerable<LiquidFilter> All { get; } =
    [
        new("default", 1, 2, (_, input, arguments) => IsMissing(input, arguments.Length > 1 && arguments[1].ToBooleanValue()) ? arguments[0] : input, "allow_false"),
        new("size", 0, 0, (_, input, _) => Expressions.Field(input, "size") is NumberValue size ? size : NumberValue.Zero),
        new("json", 0, 0, (run, input, _) => new StringValue(LiquidText.AsJson(input, run))),
        new("date", 1, 1, (run, input, arguments) => Dates.Format(run, input, LiquidText.Of(arguments[0]))),
        new("first", 0, 0, (_, input, _) => Expressions.Field(input, "first")),
        new("last", 0, 0, (_, input, _) => Expressions.Field(input, "last")),
        new("join", 0, 1, (_, input, arguments) => new StringValue(LiquidText.Joined(Flat(input), arguments.Length == 0 ? " " : LiquidText.Of(arguments[0])))),
        new("reverse", 0, 0, (_, input, _) => List(Flat(input).AsEnumerable().Reverse())),
        new("uniq", 0, 1, (_, input, arguments) => List(Flat(input).DistinctBy(item => By(item, arguments)))),
        new("compact", 0, 0, (_, input, _) => List(Flat(input).Where(item => !item.IsNil()))),
        new("concat", 1, 1, (_, input, arguments) => List(Flat(input).Concat(Flat(arguments[0])))),
        new("sort", 0, 1, (_, input, arguments) => List(Flat(input).OrderBy(item => By(item, arguments), Comparer<FluidValue>.Create(Compare)))),
        new("sort_natural", 0, 1, (_, input, arguments) => List(Flat(input).OrderBy(item => By(item, arguments).IsNil())
            .ThenBy(item => LiquidText.Of(By(item, arguments)), StringComparer.OrdinalIgnoreCase))),
        new("map", 1, 1, (_, input, arguments) => List(Flat(input).Select(item => By(item, arguments)))),
        new("where", 1, 2, (_, input, arguments) => List(Flat(input).Where(item =>
            arguments.Length == 1 ? By(item, arguments).ToBooleanValue() : LiquidComparison.Same(By(item, arguments), arguments[1])))),
        new("sum", 0, 1, (_, input, arguments) => NumberValue.Create(Flat(input).Sum(item => NumberFilters.Of(By(item, arguments))))),
    ];

    private static bool IsMissing(FluidValue input, bool allowFalse) =>
        input.IsNil() || (!allowFalse && input == BooleanValue.False) || EmptyValue.Instance.Equals(input);

    private static ArrayValue List(IEnumerable<FluidValue> items) => new([.. items]);

    private static List<FluidValue> Flat(FluidValue value)
    {
        var items = new List<FluidValue>();
        Add(value, items, 0);
        RenderBudget.CheckItems(items.Count);
        return items;
    }

    private static void Add(FluidValue value, List<FluidValue> items, int depth)
    {
        if (value is not ArrayValue list || depth > 20)
        {
            // Nothing is no entry, unless it is one of a list.
            items.AddRange(depth == 0 && value.IsNil() ? [] : [value]);
            return;
        }

        foreach (var item in list.Values)
        {
            Add(item, items, depth + 1);
        }
    }

    private static FluidValue By(FluidValue item, FluidValue[] arguments) => arguments.Length == 0 ? item : Expressions.Field(item, LiquidText.Of(arguments[0]));

    // Nothing comes last. What cannot be compared is by its text.
    private static int Compare(FluidValue? left, FluidValue? right) =>
        left!.IsNil() || right!.IsNil() ? left.IsNil().CompareTo(right!.IsNil())
        : LiquidComparison.Order(left, right) ?? string.CompareOrdinal(LiquidText.Of(left), LiquidText.Of(right));
}
