using System.Globalization;

namespace Marketing.Templates;

/// <summary>
/// Reads a template from start to end: checks it, notes the variables it uses, and rewrites it into what the engine is given.
/// In the rewritten form whitespace control is already done and every expression is a number into <see cref="Expressions"/>.
/// </summary>
internal sealed class TemplateParser(string source, CancellationToken deadline)
{
    private const int MaxProblems = 20;

    /// <summary>Tags and outputs of one template: what the engine does with them takes the square of their number.</summary>
    public const int MaxTags = 5_000;

    /// <summary>Characters of one tag or output. The engine reads conditions and loops by patterns that may go back and forth.</summary>
    public const int MaxTagLength = 10_000;

    private readonly RewrittenTemplate _rewritten = new(source);
    private readonly OpenBlocks _open = new();
    private readonly LineMap _lines = new(source);
    private int _position;

    /// <summary>Tags and outputs so far.</summary>
    public int Tags { get; private set; }

    public List<TemplateProblem> Problems { get; } = [];

    public List<VariableUse> Uses { get; } = [];

    /// <summary>Names the template itself introduces, anywhere: a flag assigned late in a loop is read early in the next round.</summary>
    public HashSet<string> Locals { get; } = new(StringComparer.Ordinal);

    public List<(FilterChain Chain, TemplateProblem Position)> Expressions { get; } = [];

    public string Rewritten => _rewritten.ToString();

    public void Parse()
    {
        while (_position < source.Length && Problems.Count < MaxProblems)
        {
            deadline.ThrowIfCancellationRequested();
            var open = NextOpening();
            _rewritten.Text(_position, open);
            _position = open;
            if (open >= source.Length)
            {
                break;
            }

            if (++Tags > MaxTags)
            {
                // What is open is closed further on, perhaps.
                Report(open, $"A template may have {MaxTags} tags and outputs.");
                return;
            }

            try
            {
                Markup();
            }
            catch (MarkupException problem)
            {
                Report(problem.Offset, problem.Message);
            }
        }

        foreach (var (tag, offset) in _open.All)
        {
            Report(offset, $"'{tag}' is not closed by 'end{tag}'.");
        }
    }

    public void Report(int offset, string message)
    {
        var (line, column) = _lines.At(offset);
        Problems.Add(new TemplateProblem(line, column, message));
    }

    private int NextOpening()
    {
        for (var at = source.IndexOf('{', _position); at >= 0 && at + 1 < source.Length; at = source.IndexOf('{', at + 1))
        {
            if (source[at + 1] is '{' or '%')
            {
                return at;
            }
        }

        return source.Length;
    }

    private void Markup()
    {
        var open = _position;
        var isOutput = source[open + 1] == '{';
        var start = open + 2;
        var end = RewrittenTemplate.EndOf(source, start, isOutput ? "}}" : "%}");
        if (end < 0)
        {
            _position = open + 2;
            throw new MarkupException(isOutput ? "'{{' is not closed by '}}'." : "'{%' is not closed by '%}'.", open);
        }

        _position = end + 2;
        if (end - start > MaxTagLength)
        {
            throw new MarkupException($"A tag or output may have {MaxTagLength} characters.", open);
        }

        if (start < end && source[start] == '-')
        {
            start++;
            _rewritten.TrimBefore();
        }

        if (end > start && source[end - 1] == '-')
        {
            end--;
            _rewritten.TrimNext = true;
        }

        if (isOutput)
        {
            Output(MarkupParser.Output(source, start, end, Uses), start, end);
        }
        else
        {
            Tag(open, start, end);
        }
    }

    private void Tag(int open, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(source[start]))
        {
            start++;
        }

        var nameEnd = start;
        while (nameEnd < end && (char.IsAsciiLetterOrDigit(source[nameEnd]) || source[nameEnd] == '_'))
        {
            nameEnd++;
        }

        var name = source[start..nameEnd];
        switch (name)
        {
            case "":
                throw new MarkupException("The name of a tag is expected here.", start);
            case "raw":
                Raw(open, nameEnd, end);
                break;
            case "comment":
                SkipPast("endcomment", open);
                break;
            case "if" or "unless":
                _open.Enter(name, open);
                MarkupParser.Condition(source, nameEnd, end, Uses);
                Pass(name, nameEnd, end);
                break;
            case "elsif":
                _open.Require(open, "elsif", "if", "unless");
                MarkupParser.Condition(source, nameEnd, end, Uses);
                Pass(name, nameEnd, end);
                break;
            case "else":
                _open.Require(open, "else", "if", "unless", "case", "for");
                MarkupParser.Nothing(source, nameEnd, end);
                Pass(name, nameEnd, end);
                break;
            case "case":
                _open.Enter(name, open);
                MarkupParser.Values(source, nameEnd, end, Uses);
                Pass(name, nameEnd, end);
                break;
            case "when":
                _open.Require(open, "when", "case");
                MarkupParser.Values(source, nameEnd, end, Uses, "or", ",");
                Pass(name, nameEnd, end);
                break;
            case "for" or "tablerow":
                _open.Enter(name, open);
                Locals.Add(MarkupParser.Loop(source, nameEnd, end, Uses));
                Locals.Add(name == "for" ? "forloop" : "tablerowloop");
                Pass(name, nameEnd, end);
                break;
            case "break" or "continue":
                MarkupParser.Nothing(source, nameEnd, end);
                _open.RequireFor(open, name);
                Pass(name, nameEnd, end);
                break;
            case "assign":
                var (variable, value) = MarkupParser.Assign(source, nameEnd, end, Uses);
                Locals.Add(variable);
                _rewritten.Write($"{{% assign {variable} {Add(value, nameEnd, end)} %}}");
                break;
            case "capture":
                _open.Enter(name, open);
                var captured = MarkupParser.SingleName(source, nameEnd, end, "A name is expected after 'capture'.");
                Locals.Add(captured);
                _rewritten.Write($"{{% capture {captured} %}}");
                break;
            case "increment" or "decrement":
                Locals.Add(MarkupParser.SingleName(source, nameEnd, end, $"A name is expected after '{name}'."));
                Pass(name, nameEnd, end);
                break;
            case "cycle":
                var (group, values) = MarkupParser.Cycle(source, nameEnd, end, Uses);
                _rewritten.Write($"{{% cycle {string.Join(' ', values.Prepend(group).Select(chain => Add(chain, nameEnd, end)))} %}}");
                break;
            default:
                End(name, open, nameEnd, end);
                break;
        }
    }

    private void End(string name, int open, int nameEnd, int end)
    {
        if (!name.StartsWith("end", StringComparison.Ordinal))
        {
            throw new MarkupException($"There is no tag '{name}'.{Suggestion.For(name, KnownTags)}", open);
        }

        MarkupParser.Nothing(source, nameEnd, end);
        _open.Close(name, open, _lines);
        Pass(name, nameEnd, end);
    }

    private static readonly string[] KnownTags =
        ["assign", "capture", "case", "when", "if", "elsif", "else", "unless", "for", "break", "continue", "cycle", "tablerow", "increment", "decrement", "raw", "comment"];

    private void Raw(int open, int nameEnd, int end)
    {
        MarkupParser.Nothing(source, nameEnd, end);
        var from = _position;
        var to = SkipPast("endraw", open);
        if (to > from)
        {
            // As a value, so that the engine never reads it: what ends a raw block is for this parser alone to say.
            var text = new Operand(new MarkupToken(MarkupTokenKind.Text, source[from..to], from));
            Output(new FilterChain(text, [new FilterCall(LiquidFilters.All["raw"], [])]), from, to);
        }
    }

    /// <summary>Moves behind the given end tag; where it starts.</summary>
    private int SkipPast(string endTag, int open)
    {
        var (at, after) = VerbatimBlock.EndOf(source, _position, endTag);
        _position = after;
        if (at < 0)
        {
            throw new MarkupException($"'{endTag[3..]}' is not closed by '{endTag}'.", open);
        }

        _rewritten.TrimNext = source[after - 3] == '-';
        return at;
    }

    /// <summary>Writes a tag for the engine, on one line because its expressions stop at line ends.</summary>
    private void Pass(string name, int markupStart, int end) =>
        _rewritten.Write($"{{% {name} {source[markupStart..end].ReplaceLineEndings(" ").Trim()} %}}");

    private void Output(FilterChain chain, int start, int end) => _rewritten.Write($"{{% {OutputTag.Keyword} {Add(chain, start, end)} %}}");

    private string Add(FilterChain chain, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(source[start]))
        {
            start++;
        }

        var (line, column) = _lines.At(start);
        Expressions.Add((chain, new TemplateProblem(line, column, "")));
        return (Expressions.Count - 1).ToString(CultureInfo.InvariantCulture);
    }
}
