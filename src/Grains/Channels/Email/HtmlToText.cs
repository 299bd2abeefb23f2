using System.Net;
using System.Text;

namespace Marketing.Channels.Email;

/// <summary>
/// The text part of a message that was only written in HTML: readable in a terminal, with the addresses of its links. One pass
/// over the markup, because it runs for each message.
/// </summary>
internal static class HtmlToText
{
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase) { "head", "style", "script", "title", "template" };

    private static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase)
        { "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "section", "article", "header", "footer", "hr", "pre" };

    private static readonly HashSet<string> Lines = new(StringComparer.OrdinalIgnoreCase) { "br", "div", "tr", "li", "dt", "dd" };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> HiddenBySpan = Hidden.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ParagraphsBySpan = Paragraphs.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> LinesBySpan = Lines.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Convert(string html)
    {
        var text = new StringBuilder(html.Length / 2);
        var link = default((string Url, int Start)?);
        var rest = html.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('<');
            AppendText(text, open < 0 ? rest : rest[..open]);
            if (open < 0)
            {
                break;
            }

            rest = rest[open..];
            if (rest.StartsWith("<!--", StringComparison.Ordinal))
            {
                rest = After(rest, "-->");
                continue;
            }

            var close = ClosingBracket(rest);
            var tag = rest[1..close];
            rest = rest[Math.Min(close + 1, rest.Length)..];
            var name = NameOf(tag, out var isEnd);
            if (!isEnd && HiddenBySpan.Contains(name))
            {
                rest = After(rest, $"</{name}");
                rest = After(rest, ">");
            }
            else if (name.Equals("a", StringComparison.OrdinalIgnoreCase))
            {
                EndLink(text, ref link);
                link = !isEnd && Attribute(tag, "href") is { Length: > 0 } url && !url.StartsWith('#') ? (url, text.Length) : null;
            }
            else if (name.Equals("img", StringComparison.OrdinalIgnoreCase))
            {
                AppendText(text, Attribute(tag, "alt"));
            }
            else if (ParagraphsBySpan.Contains(name))
            {
                Break(text, 2);
            }
            else if (LinesBySpan.Contains(name))
            {
                var isBreak = name.Equals("br", StringComparison.OrdinalIgnoreCase);
                if (isBreak)
                {
                    TrimLine(text);
                    text.Append('\n');
                }
                else
                {
                    Break(text, 1);
                    text.Append(!isEnd && name.Equals("li", StringComparison.OrdinalIgnoreCase) ? "- " : "");
                }
            }
            else if (name.Equals("td", StringComparison.OrdinalIgnoreCase) || name.Equals("th", StringComparison.OrdinalIgnoreCase))
            {
                AppendText(text, " ");
            }
        }

        EndLink(text, ref link);
        return text.ToString().Trim() is { Length: > 0 } result ? result + "\n" : "";
    }

    private static void EndLink(StringBuilder text, ref (string Url, int Start)? link)
    {
        if (link is not var (url, start))
        {
            return;
        }

        link = null;
        var shown = start <= text.Length ? text.ToString(start, text.Length - start).Trim() : "";
        if (shown.Length == 0)
        {
            AppendText(text, url);
        }
        else if (shown != url && !url.EndsWith(shown, StringComparison.OrdinalIgnoreCase))
        {
            text.Append(" (").Append(url).Append(')');
        }
    }

    /// <summary>Appends with entities decoded and white space collapsed, as a browser would show it.</summary>
    private static void AppendText(StringBuilder text, ReadOnlySpan<char> source)
    {
        if (source.Contains('&'))
        {
            source = WebUtility.HtmlDecode(source.ToString());
        }

        foreach (var c in source)
        {
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                if (text.Length > 0 && text[^1] is not (' ' or '\n'))
                {
                    text.Append(' ');
                }
            }
            else
            {
                text.Append(c == '\u00a0' ? ' ' : c);
            }
        }
    }

    private static void Break(StringBuilder text, int lines)
    {
        TrimLine(text);
        if (text.Length == 0)
        {
            return;
        }

        var present = text[^1] != '\n' ? 0 : text.Length > 1 && text[^2] == '\n' ? 2 : 1;
        text.Append('\n', Math.Max(0, lines - present));
    }

    private static void TrimLine(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? [] : text[(at + mark.Length)..];
    }

    private static int ClosingBracket(ReadOnlySpan<char> text)
    {
        var quote = '\0';
        for (var i = 1; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
            else if (text[i] == '>')
            {
                return i;
            }
        }

        return text.Length;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> tag, out bool isEnd)
    {
        isEnd = tag.StartsWith('/');
        tag = isEnd ? tag[1..] : tag;
        var end = tag.IndexOfAny(" \t\r\n/");
        return end < 0 ? tag : tag[..end];
    }

    private static string Attribute(ReadOnlySpan<char> tag, string name)
    {
        var at = tag.IndexOf($"{name}=", StringComparison.OrdinalIgnoreCase);
        if (at < 1 || at + name.Length + 1 >= tag.Length || !char.IsWhiteSpace(tag[at - 1]))
        {
            return "";
        }

        var value = tag[(at + name.Length + 1)..];
        var quote = value[0];
        var end = quote is '"' or '\'' ? value[1..].IndexOf(quote) : value.IndexOfAny(" \t\r\n");
        value = quote is '"' or '\'' ? value[1..(end < 0 ? value.Length : end + 1)] : value[..(end < 0 ? value.Length : end)];
        return WebUtility.HtmlDecode(value.ToString());
    }
}
