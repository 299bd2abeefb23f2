using System.Text;

namespace Marketing.Templates;

/// <summary>The template as the engine is given it, with whitespace control already done.</summary>
internal sealed class RewrittenTemplate(string source)
{
    private readonly StringBuilder _text = new(source.Length + 64);

    /// <summary>The text that follows loses the white space it starts with.</summary>
    public bool TrimNext { get; set; }

    /// <summary>Where the tag ends, past any texts in quotes; -1 when nowhere.</summary>
    public static int EndOf(string source, int from, string closing)
    {
        for (var i = from; i + 1 < source.Length; i++)
        {
            if (source[i] is '"' or '\'')
            {
                var quote = source.IndexOf(source[i], i + 1);
                if (quote < 0)
                {
                    // An apostrophe alone: let the tag end where it seems to, the lexer will point at it.
                    return source.IndexOf(closing, i, StringComparison.Ordinal);
                }

                i = quote;
            }
            else if (source[i] == closing[0] && source[i + 1] == closing[1])
            {
                return i;
            }
        }

        return -1;
    }

    public void Text(int from, int to)
    {
        var text = source.AsSpan(from, to - from);
        _text.Append(TrimNext ? text.TrimStart() : text);
        TrimNext = false;
    }

    public void Write(string tag) => _text.Append(tag);

    public void TrimBefore()
    {
        var length = _text.Length;
        while (length > 0 && char.IsWhiteSpace(_text[length - 1]))
        {
            length--;
        }

        _text.Length = length;
    }

    public override string ToString() => _text.ToString();
}
