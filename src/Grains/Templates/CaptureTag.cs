using DotLiquid;

namespace Marketing.Templates;

/// <summary><c>{% capture name %}…{% endcapture %}</c>. What it collected is already escaped, and is remembered as such.</summary>
internal sealed class CaptureTag : Block
{
    private string? _name;

    public override void Initialize(string tagName, string markup, List<string> tokens)
    {
        _name = markup.Trim();
        base.Initialize(tagName, markup, tokens);
    }

    public override void Render(Context context, TextWriter result)
    {
        using var captured = new LimitedWriter(256);
        base.Render(context, captured);
        context.Scopes[^1][_name!] = RenderRun.Of(context).Escaped(captured.ToString());
    }
}
