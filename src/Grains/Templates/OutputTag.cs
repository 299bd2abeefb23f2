using System.Buffers;
using System.Text;
using DotLiquid;

namespace Marketing.Templates;

/// <summary>
/// <c>{{ … }}</c>. The template is rewritten so that all outputs are this tag: the one place where values are made harmless for
/// where they go.
/// </summary>
internal sealed class OutputTag : Tag
{
    /// <summary>The name outputs are rewritten to; the parser refuses it when an author writes it.</summary>
    public const string Keyword = "__output";

    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");

    private FilterChain? _value;
    private TemplateProblem? _position;

    public override void Initialize(string tagName, string markup, List<string> tokens)
    {
        base.Initialize(tagName, markup, tokens);
        (_value, _position) = ExpressionTable.Take(markup);
    }

    public override void Render(Context context, TextWriter result)
    {
        var run = RenderRun.Of(context);
        string text;
        try
        {
            var value = _value!.Evaluate(run);
            text = LiquidText.Of(value);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw RenderProblem.At(_position!, problem);
        }

        result.Write(Harmless(run, text, _value.LastFilter));
    }

    /// <summary>A value as it may be printed. Every tag of ours that prints one goes through here, and no tag of the engine does print one.</summary>
    public static string Harmless(RenderRun run, string text, string? lastFilter) => run.Kind switch
    {
        TemplateKind.Html when lastFilter is not ("raw" or "escape" or "escape_once" or "h") && !run.IsEscaped(text) => Escape(text),
        TemplateKind.Header => OneLine(text),
        _ => text,
    };

    public static string Escape(string text)
    {
        var first = text.AsSpan().IndexOfAny(Special);
        if (first < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text, 0, first, text.Length + 32);
        foreach (var c in text.AsSpan(first))
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Line breaks and other control characters become spaces, so that a value cannot start a header of its own.</summary>
    public static string OneLine(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.AsSpan().ContainsAnyInRange('\x7f', '\x9f') || text.AsSpan().ContainsAny('\u2028', '\u2029')
            ? string.Create(text.Length, text, static (line, source) =>
            {
                for (var i = 0; i < line.Length; i++)
                {
                    line[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
                }
            })
            : text;
}
