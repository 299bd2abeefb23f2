using System.Net;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Marketing.Templates;

internal static class Statements
{
    public static Completion Run(this IReadOnlyList<Statement> statements, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].WriteToAsync(writer, encoder, context).Now() is var completion && completion != Completion.Normal)
            {
                return completion;
            }
        }

        return Completion.Normal;
    }
}

/// <summary>A statement at a known place, which is what it tells when it fails.</summary>
internal abstract class Placed(TemplateProblem place) : Statement
{
    public sealed override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        try
        {
            context.IncrementSteps();
            Do(writer, (RenderRun)context);
            return Normal();
        }
        catch (Exception problem)
        {
            throw TemplateRenderException.Of(problem, place);
        }
    }

    protected abstract void Do(TextWriter writer, RenderRun run);
}

/// <summary><c>{{ … }}</c> and <c>echo</c>: with <c>cycle</c>, the places where values are printed and made harmless for where they go.</summary>
internal sealed class Print(Expression value, TemplateProblem place) : Placed(place)
{
    protected override void Do(TextWriter writer, RenderRun run) => Write(writer, run, value.Now(run));

    public static void Write(TextWriter writer, RenderRun run, FluidValue value) => writer.Write((run.Kind, value) switch
    {
        (TemplateKind.Html, not StringValue { Encode: false }) => Markup.Escape(LiquidText.Of(value)),
        (TemplateKind.TextOfHtml, StringValue { Encode: false }) => WebUtility.HtmlDecode(Markup.Strip(LiquidText.Of(value))),
        _ => LiquidText.Of(value),
    });
}

internal sealed class Assign(string name, Expression value, TemplateProblem place) : Placed(place)
{
    protected override void Do(TextWriter writer, RenderRun run) => run.SetValue(name, value.Now(run));
}

/// <summary><c>{% cycle 'a', 'b' %}</c> and <c>{% cycle group: 'a', 'b' %}</c>; without a group the values are their own.</summary>
internal sealed class Cycle(Expression? group, string text, IReadOnlyList<Expression> values, TemplateProblem place) : Placed(place)
{
    protected override void Do(TextWriter writer, RenderRun run)
    {
        var key = group is null ? $"cycle {text}" : $"group {LiquidText.Of(group.Now(run))}";
        var turn = run.Counters.GetValueOrDefault(key) % values.Count;
        run.Counters[key] = turn + 1;
        Print.Write(writer, run, values[turn].Now(run));
    }
}

/// <summary><c>increment</c> and <c>decrement</c>.</summary>
internal sealed class Count(string name, bool down, TemplateProblem place) : Placed(place)
{
    public static string Key(string name) => $"count {name}";

    protected override void Do(TextWriter writer, RenderRun run)
    {
        var count = run.Counters.GetValueOrDefault(Key(name));
        run.Counters[Key(name)] = down ? count - 1 : count + 1;
        Print.Write(writer, run, NumberValue.Create((decimal)(down ? count - 1 : count)));
    }
}

/// <summary><c>{% capture name %}</c>. What it collected in HTML is already escaped, and is remembered as such.</summary>
internal sealed class Capture(string name, IReadOnlyList<Statement> statements) : Statement
{
    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        using var captured = new LimitedWriter(256);
        var completion = statements.Run(captured, encoder, context);
        context.SetValue(name, new StringValue(captured.ToString(), encode: ((RenderRun)context).Kind != TemplateKind.Html));
        return new ValueTask<Completion>(completion);
    }
}

/// <summary><c>case</c>: all branches that fit, or else the other one.</summary>
internal sealed class Case(CaseStatement parsed) : Statement
{
    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var value = parsed.Expression.Now(context);
        var fits = parsed.Whens.Where(when => when.Options.Any(option => Comparison.Same(value, option.Now(context)))).Cast<TagStatement>().ToList();
        foreach (var branch in fits.Count > 0 ? fits : parsed.Else is { } other ? [other] : [])
        {
            if (branch.Statements.Run(writer, encoder, context) is var completion && completion != Completion.Normal)
            {
                return new ValueTask<Completion>(completion);
            }
        }

        return Normal();
    }
}

/// <summary>What <c>limit</c>, <c>offset</c> and <c>reversed</c> say.</summary>
internal sealed record LoopParts(Expression? Limit, Expression? Offset, bool Continues, bool Reversed);

internal sealed class Loop(
    string name, Expression source, LoopParts parts, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise, TemplateProblem place) : Statement
{
    private const int MaxRounds = 10_000;

    private readonly string _place = $"loop {name} {source}";

    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var run = (RenderRun)context;
        var items = Items(run);
        if (items.Length == 0)
        {
            return new ValueTask<Completion>(otherwise.Run(writer, encoder, context));
        }

        var (hidden, outer) = (run.GetValue(name), run.GetValue("forloop"));
        var loop = new LoopValue(items.Length, outer);
        foreach (var item in items)
        {
            RenderBudget.Spend(0);
            run.IncrementSteps();
            run.SetValue(name, item);
            run.SetValue("forloop", loop);
            if (body.Run(writer, encoder, context) == Completion.Break)
            {
                break;
            }

            loop.Index++;
        }

        // What it hid is seen again.
        run.SetValue(name, hidden).SetValue("forloop", outer);
        return Normal();
    }

    private FluidValue[] Items(RenderRun run)
    {
        try
        {
            var value = source.Now(run);
            IEnumerable<FluidValue> all = value is StringValue ? LiquidText.Of(value).Length == 0 ? [] : [value] : value.Enumerate(run);
            var from = parts.Continues ? run.Counters.GetValueOrDefault(_place) : parts.Offset is null ? 0 : NumberFilters.Whole(parts.Offset.Now(run));
            var items = all.Skip(from).Take(parts.Limit is null ? int.MaxValue : NumberFilters.Whole(parts.Limit.Now(run))).Take(MaxRounds + 1).ToArray();
            run.Counters[_place] = from + items.Length;
            return items.Length > MaxRounds ? throw new TemplateRenderException($"A loop has more than {MaxRounds} rounds.")
                : parts.Reversed ? [.. items.AsEnumerable().Reverse()] : items;
        }
        catch (Exception problem)
        {
            throw TemplateRenderException.Of(problem, place);
        }
    }
}

/// <summary><c>forloop</c>.</summary>
internal sealed class LoopValue(int length, FluidValue outer) : FieldsValue
{
    public int Index { get; set; }

    public override FluidValue Find(string name) => name switch
    {
        "index" => NumberValue.Create((decimal)Index + 1),
        "index0" => NumberValue.Create((decimal)Index),
        "rindex" => NumberValue.Create((decimal)length - Index),
        "rindex0" => NumberValue.Create((decimal)length - Index - 1),
        "length" => NumberValue.Create((decimal)length),
        "first" => BooleanValue.Create(Index == 0),
        "last" => BooleanValue.Create(Index == length - 1),
        "parentloop" => outer,
        _ => NilValue.Instance,
    };
}
