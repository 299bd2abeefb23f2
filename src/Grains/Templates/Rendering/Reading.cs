using Fluid.Parser;

namespace Marketing.Templates;

/// <summary>What is known of a template while it is read.</summary>
internal sealed class Reading(string source, TemplateKind kind, CancellationToken deadline) : FluidParseContext(source)
{
    /// <summary>Tags and outputs of one template.</summary>
    public const int MaxTags = 5_000;

    /// <summary>Characters of one tag or output: conditions and filters of one are worked through recursively.</summary>
    public const int MaxTagLength = 10_000;

    // Blocks are worked through recursively as well: depth is bounded so that no template can overflow the stack.
    private const int MaxBlocks = 50;

    private readonly LineMap _lines = new(source);
    private readonly Stack<(string Tag, int Offset)> _open = new();
    private int _tag;
    private int _furthest;

    public string Source => Scanner.Buffer;

    public TemplateKind Kind => kind;

    public int Offset => Scanner.Cursor.Offset;

    public char Current => Scanner.Cursor.Current;

    public char Next => Scanner.Cursor.PeekNext();

    /// <summary>Tags and outputs so far.</summary>
    public int Tags { get; private set; }

    /// <summary>How deep in indexes.</summary>
    public int Depth { get; set; }

    /// <summary>Where the last expression starts.</summary>
    public int Place { get; set; }

    public List<TemplateProblem> Problems { get; } = [];

    /// <summary>By where they stand: some places are read twice.</summary>
    public SortedDictionary<int, VariableUse> Uses { get; } = [];

    /// <summary>Names the template itself introduces, anywhere: a flag assigned late in a loop is read early in the next round.</summary>
    public HashSet<string> Locals { get; } = new(StringComparer.Ordinal);

    public void MoveTo(int offset) => Scanner.Cursor.AdvanceNoNewLines(offset - Offset);

    public int EndOfDigits(int from) => Source.AsSpan(from).IndexOfAnyExceptInRange('0', '9') is var length && length < 0 ? Source.Length : from + length;

    public TemplateProblem At(int offset, string message = "") => _lines.At(offset) is var (line, column) ? new TemplateProblem(line, column, message) : null!;

    public static MarkupException Problem(int offset, string message) => new(message, offset);

    /// <summary>A tag or output starts here.</summary>
    public void Enter()
    {
        deadline.ThrowIfCancellationRequested();
        (_tag, _furthest, Depth) = (Offset, Offset + (InsideLiquidTag ? 0 : 2), 0);
        if (++Tags > MaxTags)
        {
            Problems.Clear();
            throw new MarkupException($"A template may have {MaxTags} tags and outputs.", Offset) { IsFinal = true };
        }
    }

    /// <summary>Something was read that belongs to the tag.</summary>
    public void Reached(int offset = 0)
    {
        _furthest = Math.Max(Math.Max(_furthest, Offset), offset);
        if (Offset - _tag > MaxTagLength)
        {
            throw Problem(_tag, $"A tag or output may have {MaxTagLength} characters.");
        }
    }

    /// <summary>Nothing that belongs here follows what was read.</summary>
    public MarkupException Unexpected(string atEnd)
    {
        var at = _furthest;
        while (at < Source.Length && char.IsWhiteSpace(Source[at]))
        {
            at++;
        }

        if (at >= Source.Length)
        {
            return Problem(_tag, Source.AsSpan(_tag).StartsWith("{{") ? "'{{' is not closed by '}}'." : "'{%' is not closed by '%}'.");
        }

        MoveTo(at);
        var word = ValueParser.NameAt(this);
        var isEnd = Source.AsSpan(at).TrimStart('-') is var rest && (rest.StartsWith("}}") || rest.StartsWith("%}"));
        return Problem(at, Source[at] is '"' or '\'' ? "The text that starts here is not closed by a quote."
            : isEnd ? atEnd : $"'{(word.Length > 0 ? word : Source[at])}' is not expected here.");
    }

    public void Open(string tag, int offset)
    {
        if (_open.Count >= MaxBlocks)
        {
            throw Problem(offset, $"Blocks may be nested {MaxBlocks} deep.");
        }

        _open.Push((tag, offset));
    }

    public void Close() => _open.Pop();

    public bool IsInside(params ReadOnlySpan<string> tags) => _open.TryPeek(out var block) && tags.Contains(block.Tag);

    public bool IsInLoop => _open.Any(block => block.Tag is "for" or "tablerow");

    /// <summary>The tag, which ends a block, must be the end of this one.</summary>
    public void CheckEnd(string endTag, int offset)
    {
        if (!_open.TryPeek(out var block) || block.Tag == "liquid")
        {
            throw Problem(offset, $"'{endTag}' closes nothing.");
        }

        if (endTag != $"end{block.Tag}")
        {
            throw Problem(offset, $"'end{block.Tag}' is expected here, for line {At(block.Offset).Line}, not '{endTag}'.");
        }
    }

    /// <summary>The template is over.</summary>
    public void CheckOpen()
    {
        if (_open.TryPeek(out var block))
        {
            throw Problem(block.Offset, block.Tag == "liquid" ? "'{%' is not closed by '%}'." : $"'{block.Tag}' is not closed by 'end{block.Tag}'.");
        }
    }
}
