using DotLiquid;

namespace Marketing.Templates;

/// <summary><c>{% assign name = … %}</c>, written by the parser as the name and the number of its expression.</summary>
internal sealed class AssignTag : Tag
{
    private string? _name;
    private FilterChain? _value;
    private TemplateProblem? _position;

    public override void Initialize(string tagName, string markup, List<string> tokens)
    {
        base.Initialize(tagName, markup, tokens);
        var words = markup.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _name = words[0];
        (_value, _position) = ExpressionTable.Take(words[1]);
    }

    public override void Render(Context context, TextWriter result)
    {
        try
        {
            context.Scopes[^1][_name!] = _value!.Evaluate(RenderRun.Of(context));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw RenderProblem.At(_position!, problem);
        }
    }
}
