using System.Globalization;
using System.Text;

namespace Marketing;

/// <summary>Text of others, cut and cleaned so that what is left is text everywhere: in a row, in JSON and on a page.</summary>
public static class PlainText
{
    /// <summary>The text without what no database takes: NUL characters are left out, halves of characters become U+FFFD.</summary>
    public static string Storable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                storable.Append(rune);
            }
        }

        return storable.ToString();
    }

    /// <summary>
    /// The beginning of a text: at most so many UTF-16 characters, and never a part of what a reader sees as one. Only where a single one is
    /// longer than that is it taken apart.
    /// </summary>
    public static string Start(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // An ASCII character begins something new, so nothing before the last one has to be looked at.
        var end = most <= 0 ? 0 : Math.Max(0, text.AsSpan(0, most).LastIndexOfAnyInRange('\0', '\x7f'));
        while (end < most && StringInfo.GetNextTextElementLength(text.AsSpan(end)) is var length && end + length <= most)
        {
            end += length;
        }

        return text[..(end > 0 ? end : Boundary(text, most))];
    }

    /// <summary>The place nearest before, or at, the given one that is not inside a character.</summary>
    public static int Boundary(string text, int at)
    {
        at = Math.Clamp(at, 0, text.Length);
        return at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]) ? at - 1 : at;
    }

    /// <summary>How many characters a text has, as a reader counts them: an emoji of several parts is one, a line break of two is two.</summary>
    public static int Count(string text) => Ascii.IsValid(text) ? text.Length : Starts(text).Count - 1;

    /// <summary>So many characters, as a reader counts them, from the given one on; less where the text ends before.</summary>
    public static string Middle(string text, int from, int count)
    {
        if (Ascii.IsValid(text))
        {
            from = Math.Min(from, text.Length);
            return text.Substring(from, Math.Min(count, text.Length - from));
        }

        var starts = Starts(text);
        from = Math.Min(from, starts.Count - 1);
        return text[starts[from]..starts[from + Math.Min(count, starts.Count - 1 - from)]];
    }

    /// <summary>The characters of a text, as a reader counts them.</summary>
    public static IEnumerable<string> Characters(string text)
    {
        var starts = Starts(text);
        return Enumerable.Range(0, starts.Count - 1).Select(i => text[starts[i]..starts[i + 1]]);
    }

    // And where the last one ends.
    private static List<int> Starts(string text)
    {
        var starts = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length;)
        {
            starts.Add(at);
            at += text[at] == '\r' ? 1 : StringInfo.GetNextTextElementLength(text.AsSpan(at));
        }

        starts.Add(text.Length);
        return starts;
    }
}
