
namespace Marketing.Templates;

/// <summary>An expression: a value and the filters it goes through. Evaluated here rather than by the engine, whose way of finding filters by reflection costs more than the rest of a message.</summary>
internal sealed class FilterChain(Operand head, IReadOnlyList<FilterCall> filters)
{
    public string? LastFilter => filters.Count == 0 ? null : filters[^1].Filter.Name;

    public object? Evaluate(RenderRun run)
    {
        var value = head.Evaluate(run);
        foreach (var call in filters)
        {
            var arguments = call.Arguments.Count == 0 ? [] : new object?[call.Arguments.Count];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = call.Arguments[i].Evaluate(run);
            }

            var input = value;
            value = call.Filter.Apply(run, input, arguments);
            if (value is string text && !ReferenceEquals(text, input))
            {
                RenderBudget.Spend(text.Length);
                if (text.Length > RenderRun.MaxLength)
                {
                    throw new TemplateRenderException($"The filter '{call.Filter.Name}' made a text longer than {RenderRun.MaxLength} characters.");
                }
            }
        }

        return value;
    }
}

/// <summary>One filter with its arguments.</summary>
internal sealed record FilterCall(LiquidFilter Filter, IReadOnlyList<Operand> Arguments);
