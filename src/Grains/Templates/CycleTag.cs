using DotLiquid;

namespace Marketing.Templates;

/// <summary>
/// <c>{% cycle 'a', 'b' %}</c> and <c>{% cycle group: 'a', 'b' %}</c>, written by the parser as numbers of expressions: what its turns are counted under, then the
/// values. The engine's own prints values as they are.
/// </summary>
internal sealed class CycleTag : Tag
{
    private readonly List<FilterChain> _values = [];
    private FilterChain? _group;
    private TemplateProblem? _position;

    public override void Initialize(string tagName, string markup, List<string> tokens)
    {
        base.Initialize(tagName, markup, tokens);
        var words = markup.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (_group, _position) = ExpressionTable.Take(words[0]);
        _values.AddRange(words.Skip(1).Select(word => ExpressionTable.Take(word).Chain));
    }

    public override void Render(Context context, TextWriter result)
    {
        var run = RenderRun.Of(context);
        string text;
        try
        {
            text = LiquidText.Of(_values[run.Turn(LiquidText.Of(_group!.Evaluate(run)), _values.Count)].Evaluate(run));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw RenderProblem.At(_position!, problem);
        }

        result.Write(OutputTag.Harmless(run, text, lastFilter: null));
    }
}
