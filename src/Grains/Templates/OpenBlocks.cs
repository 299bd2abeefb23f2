namespace Marketing.Templates;

/// <summary>The blocks of a template that are open where it is being read.</summary>
internal sealed class OpenBlocks
{
    // The engine works through blocks recursively: depth is bounded so that no template can overflow the stack.
    private const int MaxDepth = 50;

    private readonly Stack<(string Tag, int Offset)> _open = new();

    /// <summary>Innermost first.</summary>
    public IEnumerable<(string Tag, int Offset)> All => _open;

    public void Enter(string tag, int offset)
    {
        if (_open.Count >= MaxDepth)
        {
            throw new MarkupException($"Blocks may be nested {MaxDepth} deep.", offset);
        }

        _open.Push((tag, offset));
    }

    /// <summary>Leaves the innermost block by its end tag.</summary>
    public void Close(string endTag, int offset, LineMap lines)
    {
        if (_open.Count == 0)
        {
            throw new MarkupException($"'{endTag}' closes nothing.", offset);
        }

        if (endTag != $"end{_open.Peek().Tag}")
        {
            var (line, _) = lines.At(_open.Peek().Offset);
            throw new MarkupException($"'end{_open.Peek().Tag}' is expected here, for line {line}, not '{endTag}'.", offset);
        }

        _open.Pop();
    }

    /// <summary>The innermost block must be one of these.</summary>
    public void Require(int offset, string tag, params string[] blocks)
    {
        if (_open.Count == 0 || !blocks.Contains(_open.Peek().Tag))
        {
            throw new MarkupException($"'{tag}' belongs inside {string.Join(", ", blocks.Select(block => $"'{block}'"))}.", offset);
        }
    }

    /// <summary>Any of the blocks must be a loop.</summary>
    public void RequireFor(int offset, string tag)
    {
        if (_open.All(block => block.Tag != "for"))
        {
            throw new MarkupException($"'{tag}' belongs inside 'for'.", offset);
        }
    }
}
