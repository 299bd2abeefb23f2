using Fluid.Ast;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary><c>for</c>.</summary>
internal sealed class Loop(ForStatement parsed, TemplateProblem place)
{
    private const int MaxRounds = 10_000;

    private readonly string _key = $"loop {parsed.Identifier} {parsed.Source}";

    public Completion Run(TextWriter writer, RenderRun run)
    {
        var items = Items(run);
        if (items.Length == 0)
        {
            return parsed.Else.Statements.Run(writer, run);
        }

        var (hidden, outer) = (run.GetValue(parsed.Identifier), run.GetValue("forloop"));
        var loop = new LoopValue(items.Length, outer);
        foreach (var item in items)
        {
            RenderBudget.Spend(0);
            run.IncrementSteps();
            run.SetValue(parsed.Identifier, item).SetValue("forloop", loop);
            if (parsed.Statements.Run(writer, run) == Completion.Break)
            {
                break;
            }

            loop.Index++;
        }

        // What it hid is seen again.
        run.SetValue(parsed.Identifier, hidden).SetValue("forloop", outer);
        return Completion.Normal;
    }

    private FluidValue[] Items(RenderRun run)
    {
        try
        {
            var value = parsed.Source.Now(run);
            IEnumerable<FluidValue> all = value is StringValue && LiquidText.Of(value).Length == 0 ? [] : value.Enumerate(run);
            var from = parsed.Offset?.ToString() == "continue" ? run.Counters.GetValueOrDefault(_key) : parsed.Offset is { } offset ? NumberFilters.Whole(offset.Now(run)) : 0;
            var most = parsed.Limit is { } limit ? NumberFilters.Whole(limit.Now(run)) : int.MaxValue;
            var items = all.Skip(from).Take(Math.Min(most, MaxRounds + 1)).ToArray();
            run.Counters[_key] = from + items.Length;
            return items.Length > MaxRounds ? throw new TemplateRenderException($"A loop has more than {MaxRounds} rounds.")
                : parsed.Reversed ? [.. items.AsEnumerable().Reverse()] : items;
        }
        catch (Exception problem)
        {
            throw TemplateRenderException.Of(problem, place);
        }
    }

    /// <summary><c>forloop</c>.</summary>
    private sealed class LoopValue(int length, FluidValue outer) : FieldsValue
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
}
