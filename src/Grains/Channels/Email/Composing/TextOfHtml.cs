using System.Globalization;
using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Marketing.Channels.Email;

/// <summary>
/// The text part of a message that was only written in HTML: readable in a terminal, with the addresses of its links. Made of the template, once: what stands
/// between braces stays what it is and is rendered as text. Where lines break is settled when a message is rendered, because what a template leaves out takes its
/// line with it.
/// </summary>
internal static class TextOfHtml
{
    // From the area for private use: an author who writes these characters gets a line break.
    private const char LineBreak = '\ue002';
    private const char ParagraphBreak = '\ue003';

    private static readonly HashSet<string> Hidden = ["head", "style", "script", "title", "template", "noscript", "textarea", "svg"];

    private static readonly HashSet<string> Paragraphs =
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "section", "article", "header", "footer", "hr", "pre"];

    private static readonly HashSet<string> Lines = ["div", "tr", "li", "dt", "dd"];

    /// <summary>A template for the text, whose result is still to be settled.</summary>
    public static string TemplateOf(string html)
    {
        var marks = LiquidMarks.Hide(html);
        return marks.Show(Convert(marks.Html, marks));
    }

    /// <summary>The text of HTML that is complete.</summary>
    public static string Of(string html) => Settle(Convert(html, marks: null));

    private static string Convert(string html, LiquidMarks? marks)
    {
        var tokens = new HtmlTokenizer(new TextSource(html), HtmlEntityProvider.Resolver);
        var text = new StringBuilder(html.Length / 2);
        (string Url, int Start)? link = null;
        var hidden = 0;
        while (tokens.Get() is var token && token.Type != HtmlTokenType.EndOfFile)
        {
            var isHidden = Hidden.Contains(token.Name);
            hidden = token.IsStartTag("body") ? 0 : hidden;
            switch (token.Type)
            {
                case HtmlTokenType.Character when hidden == 0:
                    AppendText(text, Literal(token.Data));
                    break;
                case HtmlTokenType.StartTag when isHidden:
                    hidden += token.AsTag().IsSelfClosing ? 0 : 1;
                    tokens.State = token.Name is "style" or "noscript" ? HtmlParseMode.Rawtext : token.Name is "title" or "textarea" ? HtmlParseMode.RCData
                        : token.Name == "script" ? HtmlParseMode.Script : tokens.State;
                    goto default;
                case HtmlTokenType.EndTag when isHidden:
                    hidden = Math.Max(0, hidden - 1);
                    goto default;
                case HtmlTokenType.StartTag or HtmlTokenType.EndTag when hidden == 0:
                    Tag(text, token.AsTag(), token.Type == HtmlTokenType.EndTag, ref link);
                    break;
                default:
                    // Conditions and loops count wherever they stand, because their ends may stand elsewhere.
                    text.Append(marks?.TagsIn(token.Data));
                    foreach (var attribute in token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag ? token.AsTag().Attributes : [])
                    {
                        text.Append(marks?.TagsIn(attribute.Name + attribute.Value));
                    }

                    break;
            }
        }

        EndLink(text, ref link);
        return text.ToString();

        // Braces that are written as entities are no tags.
        string Literal(string written) => marks is null ? written
            : written.Replace("{{", "{{ '{{' }}", StringComparison.Ordinal).Replace("{%", "{{ '{%' }}", StringComparison.Ordinal);

        void Tag(StringBuilder text, HtmlTagToken tag, bool isEnd, ref (string Url, int Start)? link)
        {
            var address = !isEnd && tag.Name == "a" ? Literal(tag.GetAttribute("href")) : "";
            foreach (var attribute in tag.Attributes)
            {
                // An address is shown with what it consists of.
                text.Append(attribute.Name == "href" && address.Length > 0 ? "" : marks?.TagsIn(attribute.Name + attribute.Value));
            }

            switch (tag.Name)
            {
                case "a":
                    EndLink(text, ref link);
                    link = address.Length > 0 && !address.StartsWith('#') ? (address, text.Length) : null;
                    break;
                case "img":
                    AppendText(text, Literal(tag.GetAttribute("alt")));
                    break;
                case "br":
                    text.Append('\n');
                    break;
                case "td" or "th":
                    AppendText(text, " ");
                    break;
                case "li":
                    text.Append(LineBreak).Append(isEnd ? "" : "- ");
                    break;
                default:
                    text.Append(Paragraphs.Contains(tag.Name) ? ParagraphBreak : Lines.Contains(tag.Name) ? LineBreak : "");
                    break;
            }
        }
    }

    /// <summary>The text with its lines: as many breaks as are wanted, however often they are.</summary>
    public static string Settle(string text)
    {
        var settled = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case LineBreak or ParagraphBreak:
                    Break(settled, c == ParagraphBreak ? 2 : 1);
                    break;
                case '\n':
                    TrimLine(settled);
                    settled.Append('\n');
                    break;
                case ' ' or '\t' or '\r':
                    settled.Append(settled.Length > 0 && settled[^1] is not (' ' or '\n') ? " " : "");
                    break;
                default:
                    settled.Append(c);
                    break;
            }
        }

        return settled.ToString().Trim() is { Length: > 0 } result ? result + "\n" : "";
    }

    private static void EndLink(StringBuilder text, ref (string Url, int Start)? link)
    {
        if (link is not var (url, start))
        {
            return;
        }

        link = null;
        var shown = text.ToString(start, text.Length - start).Trim(' ', '\n', LineBreak, ParagraphBreak);
        if (shown.Length == 0)
        {
            text.Append(url);
        }
        else if (shown != url && !url.EndsWith(shown, StringComparison.OrdinalIgnoreCase))
        {
            text.Append(CultureInfo.InvariantCulture, $" ({url})");
        }
    }

    /// <summary>Appends with white space collapsed, as a browser would show it.</summary>
    private static void AppendText(StringBuilder text, string source)
    {
        foreach (var c in source)
        {
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                text.Append(text.Length > 0 && text[^1] is not (' ' or '\n' or LineBreak or ParagraphBreak) ? " " : "");
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
        if (text.Length > 0)
        {
            var present = text[^1] != '\n' ? 0 : text.Length > 1 && text[^2] == '\n' ? 2 : 1;
            text.Append('\n', Math.Max(0, lines - present));
        }
    }

    private static void TrimLine(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
    }
}
