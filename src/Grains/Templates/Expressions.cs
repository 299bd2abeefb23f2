using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Marketing.Templates;

internal static class Expressions
{
    /// <summary>Everything a template does is done at once: nothing here waits for anything.</summary>
    public static T Now<T>(this ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    public static FluidValue Now(this Expression expression, TemplateContext context) => expression.EvaluateAsync(context).Now();
}

/// <summary>A variable: a root and what is taken from it.</summary>
internal sealed class Path(string root, IReadOnlyList<(string? Name, Expression? Index)> steps, string text) : Expression
{
    public override ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var value = ((RenderRun)context).Root(root);
        for (var i = 0; i < steps.Count && !value.IsNil(); i++)
        {
            value = steps[i].Name is { } name ? Field(value, name) : Item(value, steps[i].Index!.Now(context));
        }

        return new ValueTask<FluidValue>(value);
    }

    public override string ToString() => text;

    /// <summary>A field by name; of a text there is nothing but its size, in characters as a reader counts them.</summary>
    public static FluidValue Field(FluidValue value, string name) => value switch
    {
        FieldsValue fields => fields.Find(name),
        StringValue text => name == "size" ? NumberValue.Create(PlainText.Count(text.ToStringValue())) : NilValue.Instance,
        _ => value.GetValueAsync(name, null).Now(),
    };

    private static FluidValue Item(FluidValue value, FluidValue index) => value is not ArrayValue list ? Field(value, LiquidText.Of(index))
        : NumberFilters.Whole(index) is var at && at < 0 ? Item(list.Values, list.Values.Count + at) : Item(list.Values, at);

    private static FluidValue Item(IReadOnlyList<FluidValue> items, int at) => at >= 0 && at < items.Count ? items[at] : NilValue.Instance;
}

/// <summary><c>(1..n)</c>.</summary>
internal sealed class Range(Expression from, Expression to) : Expression
{
    public override ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var (first, last) = (NumberFilters.Whole(from.Now(context)), NumberFilters.Whole(to.Now(context)));
        var count = Math.Max(0, (long)last - first + 1);
        RenderBudget.CheckItems(count);
        return new ValueTask<FluidValue>(new ArrayValue([.. Enumerable.Range(0, (int)count).Select(i => NumberValue.Create((decimal)first + i))]));
    }

    public override string ToString() => $"({from}..{to})";
}

/// <summary>A filter and what it is applied to.</summary>
internal sealed class Call(Expression input, LiquidFilter filter, Expression[] arguments) : Expression
{
    public Expression Input => input;

    public string Filter => filter.Name;

    public override ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var value = input.Now(context);
        var result = filter.Apply((RenderRun)context, value, Array.ConvertAll(arguments, argument => argument.Now(context)));
        if (ReferenceEquals(result, value))
        {
            return new ValueTask<FluidValue>(result);
        }

        if (result is StringValue text)
        {
            RenderBudget.CheckLength(text.ToStringValue().Length);
            RenderBudget.Spend(text.ToStringValue().Length);
        }
        else if (result is ArrayValue list)
        {
            RenderBudget.CheckItems(list.Values.Count);
        }

        return new ValueTask<FluidValue>(result);
    }
}

/// <summary>Two values compared as in the reference implementation; where that one fails for their types, they are not in that order.</summary>
internal sealed class Comparison(Expression left, Expression right, Func<FluidValue, FluidValue, bool> holds) : Expression
{
    public static readonly IReadOnlyDictionary<string, Func<FluidValue, FluidValue, bool>> All = new Dictionary<string, Func<FluidValue, FluidValue, bool>>
    {
        ["=="] = Same,
        ["!="] = (left, right) => !Same(left, right),
        ["<>"] = (left, right) => !Same(left, right),
        ["<"] = (left, right) => Order(left, right) < 0,
        [">"] = (left, right) => Order(left, right) > 0,
        ["<="] = (left, right) => Order(left, right) <= 0,
        [">="] = (left, right) => Order(left, right) >= 0,
        ["contains"] = Contains,
    };

    public override ValueTask<FluidValue> EvaluateAsync(TemplateContext context) =>
        new(BooleanValue.Create(holds(left.Now(context), right.Now(context))));

    public static bool Same(FluidValue left, FluidValue right) =>
        left is BaseNilValue || right is BaseNilValue ? left is BaseNilValue or BlankValue && right is BaseNilValue or BlankValue : left.Equals(right);

    /// <summary>Null when the two have no order. A number and a text that is one are compared as numbers, because imports make texts of numbers.</summary>
    public static int? Order(FluidValue left, FluidValue right) => (left, right) switch
    {
        (StringValue, StringValue) => string.CompareOrdinal(left.ToStringValue(), right.ToStringValue()),
        (NumberValue or StringValue, NumberValue or StringValue) => Number(left)?.CompareTo(Number(right) ?? decimal.MinValue) is var order && Number(right) is null ? null : order,
        _ => null,
    };

    private static bool Contains(FluidValue left, FluidValue right) => !right.IsNil() && left switch
    {
        StringValue text => text.ToStringValue().Contains(LiquidText.Of(right), StringComparison.Ordinal),
        ArrayValue list => list.Values.Any(item => Same(item, right)),
        _ => left.Contains(right),
    };

    private static decimal? Number(FluidValue value) => value is NumberValue ? value.ToNumberValue()
        : decimal.TryParse(value.ToStringValue(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The condition of <c>unless</c>.</summary>
internal sealed class Negation(Expression condition) : Expression
{
    public override ValueTask<FluidValue> EvaluateAsync(TemplateContext context) => new(BooleanValue.Create(!condition.Now(context).ToBooleanValue()));
}
