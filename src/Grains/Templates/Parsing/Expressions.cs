using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>An expression by what it gives, and by the text it is told apart by.</summary>
internal sealed class Computed(Func<RenderRun, FluidValue> value, string text = "") : Expression
{
    public override ValueTask<FluidValue> EvaluateAsync(TemplateContext context) => new(value((RenderRun)context));

    public override string ToString() => text;
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
        if (result is StringValue text && !ReferenceEquals(result, value))
        {
            RenderBudget.CheckLength(text.ToStringValue().Length);
            RenderBudget.Spend(text.ToStringValue().Length);
        }
        else if (result is ArrayValue list && !ReferenceEquals(result, value))
        {
            RenderBudget.CheckItems(list.Values.Count);
        }

        return new ValueTask<FluidValue>(result);
    }
}

/// <summary>What expressions are made of.</summary>
internal static class Expressions
{
    /// <summary>Everything a template does is done at once: nothing here waits for anything.</summary>
    public static T Now<T>(this ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    public static FluidValue Now(this Expression expression, TemplateContext context) => expression.EvaluateAsync(context).Now();

    public static Expression Not(Expression condition) => new Computed(run => BooleanValue.Create(!condition.Now(run).ToBooleanValue()));

    public static Expression Compare(Expression left, Expression right, Func<FluidValue, FluidValue, bool> holds) =>
        new Computed(run => BooleanValue.Create(holds(left.Now(run), right.Now(run))));

    /// <summary><c>(1..n)</c>.</summary>
    public static Expression Range(Expression from, Expression to) => new Computed(
        run =>
        {
            var (first, last) = (NumberFilters.Whole(from.Now(run)), NumberFilters.Whole(to.Now(run)));
            var count = Math.Max(0, (long)last - first + 1);
            RenderBudget.CheckItems(count);
            return new ArrayValue([.. Enumerable.Range(0, (int)count).Select(i => NumberValue.Create((decimal)first + i))]);
        },
        $"({from}..{to})");

    /// <summary>A variable: a root and what is taken from it.</summary>
    public static Expression Path(string root, IReadOnlyList<(string? Name, Expression? Index)> steps, string text) => new Computed(
        run =>
        {
            var value = run.Root(root);
            for (var i = 0; i < steps.Count && !value.IsNil(); i++)
            {
                value = steps[i].Name is { } name ? Field(value, name) : Item(value, steps[i].Index!.Now(run));
            }

            return value;
        },
        text);

    /// <summary>A field by name; of a text there is nothing but its size, in characters as a reader counts them.</summary>
    public static FluidValue Field(FluidValue value, string name) => value switch
    {
        FieldsValue fields => fields.Find(name),
        StringValue text => name == "size" ? NumberValue.Create((decimal)PlainText.Count(text.ToStringValue())) : NilValue.Instance,
        _ => value.GetValueAsync(name, null).Now(),
    };

    private static FluidValue Item(FluidValue value, FluidValue index)
    {
        if (value is not ArrayValue { Values: var items })
        {
            return Field(value, LiquidText.Of(index));
        }

        var at = NumberFilters.Whole(index);
        at = at < 0 ? items.Count + at : at;
        return at >= 0 && at < items.Count ? items[at] : NilValue.Instance;
    }
}
