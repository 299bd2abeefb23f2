using System.Net;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>A statement by what it does, at a known place, which is what it tells when it fails.</summary>
internal sealed class Placed(TemplateProblem place, Action<TextWriter, RenderRun> act) : Statement
{
    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        try
        {
            context.IncrementSteps();
            act(writer, (RenderRun)context);
            return Normal();
        }
        catch (Exception problem)
        {
            throw TemplateRenderException.Of(problem, place);
        }
    }
}

/// <summary>A statement that has others in it.</summary>
internal sealed class Block(Func<TextWriter, RenderRun, Completion> act) : Statement
{
    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context) => new(act(writer, (RenderRun)context));
}

/// <summary>What tags do that is not Fluid's.</summary>
internal static class Statements
{
    public static Completion Run(this IReadOnlyList<Statement> statements, TextWriter writer, RenderRun run)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].WriteToAsync(writer, NullEncoder.Default, run).Now() is var completion && completion != Completion.Normal)
            {
                return completion;
            }
        }

        return Completion.Normal;
    }

    /// <summary>The one way a value is printed: made harmless for where it goes.</summary>
    public static void Print(TextWriter writer, RenderRun run, FluidValue value) => writer.Write((run.Kind, value) switch
    {
        (TemplateKind.Html, not StringValue { Encode: false }) => Markup.Escape(LiquidText.Of(value)),
        (TemplateKind.TextOfHtml, StringValue { Encode: false }) => WebUtility.HtmlDecode(Markup.Strip(LiquidText.Of(value))),
        _ => LiquidText.Of(value),
    });

    /// <summary>What was collected in HTML is already escaped, and is remembered as such.</summary>
    public static Statement Capture(string name, IReadOnlyList<Statement> statements) => new Block((_, run) =>
    {
        using var captured = new LimitedWriter(256);
        var completion = statements.Run(captured, run);
        run.SetValue(name, new StringValue(captured.ToString(), encode: run.Kind != TemplateKind.Html));
        return completion;
    });

    public static void Cycle(TextWriter writer, RenderRun run, string key, IReadOnlyList<Expression> values)
    {
        var turn = run.Counters.GetValueOrDefault(key) % values.Count;
        run.Counters[key] = turn + 1;
        Print(writer, run, values[turn].Now(run));
    }

    /// <summary><c>increment</c> prints before it counts, <c>decrement</c> after.</summary>
    public static void Count(TextWriter writer, RenderRun run, string name, bool down)
    {
        var count = run.Counters.GetValueOrDefault(name) - (down ? 1 : 0);
        run.Counters[name] = down ? count : count + 1;
        Print(writer, run, NumberValue.Create((decimal)count));
    }

    /// <summary>All branches that fit, or else the other one.</summary>
    public static Statement Case(CaseStatement parsed) => new Block((writer, run) =>
    {
        var value = parsed.Expression.Now(run);
        var fits = parsed.Whens.Where(when => when.Options.Any(option => LiquidComparison.Same(value, option.Now(run)))).ToList();
        return (fits.Count > 0 ? fits.SelectMany(when => when.Statements) : parsed.Else?.Statements ?? []).ToList().Run(writer, run);
    });
}
