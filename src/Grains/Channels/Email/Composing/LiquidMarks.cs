using System.Globalization;
using System.Text;

namespace Marketing.Channels.Email;

/// <summary>What stands between braces in an HTML template, hidden from the HTML parser: a number between two characters nobody uses.</summary>
internal sealed class LiquidMarks
{
    private const char Open = '\ue000';
    private const char Close = '\ue001';

    private readonly List<string> _marks = [];

    private LiquidMarks()
    {
    }

    /// <summary>The HTML with a mark in place of each tag and output.</summary>
    public string Html { get; private set; } = "";

    public static LiquidMarks Hide(string template)
    {
        var hidden = new LiquidMarks();
        var html = new StringBuilder(template.Length);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var from = 0;
        for (var at = template.IndexOf('{'); at >= 0 && at + 1 < template.Length; at = template.IndexOf('{', Math.Max(from, at + 1)))
        {
            if (template[at + 1] is '{' or '%' && EndOf(template, at + 2, template[at + 1] == '{' ? "}}" : "%}") is > 0 and var end)
            {
                // The same is the same mark, so that an address that is shown as it is can be told.
                if (!numbers.TryGetValue(template[at..end], out var number))
                {
                    numbers[template[at..end]] = number = hidden._marks.Count;
                    hidden._marks.Add(template[at..end]);
                }

                html.Append(template, from, at - from).Append(Open).Append(CultureInfo.InvariantCulture, $"{number}").Append(Close);
                from = end;
            }
        }

        hidden.Html = html.Append(template, from, template.Length - from).ToString();
        return hidden;
    }

    /// <summary>The tags among the marks of a piece of HTML that is not shown.</summary>
    public string TagsIn(string html) => string.Concat(Pieces(html).Where(piece => piece.IsMark && piece.Text.StartsWith("{%", StringComparison.Ordinal)).Select(piece => piece.Text));

    /// <summary>The text with everything back in its place.</summary>
    public string Show(string text) => string.Concat(Pieces(text).Select(piece => piece.Text));

    private IEnumerable<(string Text, bool IsMark)> Pieces(string text)
    {
        var from = 0;
        for (var open = text.IndexOf(Open); open >= 0; open = text.IndexOf(Open, open + 1))
        {
            var close = text.IndexOf(Close, open);
            if (close > open && int.TryParse(text.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _marks.Count)
            {
                yield return (text[from..open], false);
                yield return (_marks[number], true);
                from = close + 1;
            }
        }

        yield return (text[from..], false);
    }

    // Past any texts in quotes; an apostrophe alone ends nothing.
    private static int EndOf(string template, int from, string closing)
    {
        for (var i = from; i + 1 < template.Length; i++)
        {
            if (template.AsSpan(i).StartsWith(closing))
            {
                return i + 2;
            }

            if (template[i] is '"' or '\'' && template.IndexOf(template[i], i + 1) is > 0 and var quote)
            {
                i = quote;
            }
        }

        return -1;
    }
}
