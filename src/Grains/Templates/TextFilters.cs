using System.Net;
using System.Text;
using DotLiquid;

namespace Marketing.Templates;

/// <summary>Filters on texts. Those that can make a text much longer check first, because a loop may apply them again and again.</summary>
internal static class TextFilters
{
    public static IEnumerable<LiquidFilter> All { get; } =
    [
        // In an HTML template the output looks at the last filter's name; anywhere else this one does nothing.
        new("raw", 0, 0, (_, input, _) => input),
        Text("escape", OutputTag.Escape),
        Text("h", OutputTag.Escape),
        Text("escape_once", text => OutputTag.Escape(WebUtility.HtmlDecode(text))),
        Text("upcase", text => text.ToUpperInvariant()),
        Text("downcase", text => text.ToLowerInvariant()),
        Text("capitalize", text => text.Length == 0 ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1))),
        Text("strip", text => text.Trim()),
        Text("lstrip", text => text.TrimStart()),
        Text("rstrip", text => text.TrimEnd()),
        Text("strip_html", text => StandardFilters.StripHtml(text)),
        Text("strip_newlines", text => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)),
        Text("url_encode", Uri.EscapeDataString),
        Text("url_decode", Uri.UnescapeDataString),
        Text("base64_encode", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        Text("base64_decode", FromBase64),
        new("newline_to_br", 0, 0, (run, input, _) => NewlineToBreak(run, LiquidText.Of(input))),
        new("append", 1, 1, (_, input, arguments) => Join(LiquidText.Of(input), LiquidText.Of(arguments[0]))),
        new("prepend", 1, 1, (_, input, arguments) => Join(LiquidText.Of(arguments[0]), LiquidText.Of(input))),
        new("replace", 2, 2, (_, input, arguments) => Replace(LiquidText.Of(input), LiquidText.Of(arguments[0]), LiquidText.Of(arguments[1]))),
        new("replace_first", 2, 2, (_, input, arguments) => ReplaceFirst(LiquidText.Of(input), LiquidText.Of(arguments[0]), LiquidText.Of(arguments[1]))),
        new("remove", 1, 1, (_, input, arguments) => Replace(LiquidText.Of(input), LiquidText.Of(arguments[0]), "")),
        new("remove_first", 1, 1, (_, input, arguments) => ReplaceFirst(LiquidText.Of(input), LiquidText.Of(arguments[0]), "")),
        new("split", 1, 1, (_, input, arguments) => Split(LiquidText.Of(input), LiquidText.Of(arguments[0]))),
        new("slice", 1, 2, (_, input, arguments) => Slice(LiquidText.Of(input), Whole(arguments[0]), arguments.Length < 2 ? 1 : Whole(arguments[1]))),
        new("truncate", 0, 2, (_, input, arguments) => Truncate(
            LiquidText.Of(input), arguments.Length < 1 ? 50 : Whole(arguments[0]), arguments.Length < 2 ? "..." : LiquidText.Of(arguments[1]))),
        new("truncatewords", 0, 2, (_, input, arguments) => TruncateWords(
            LiquidText.Of(input), arguments.Length < 1 ? 15 : Whole(arguments[0]), arguments.Length < 2 ? "..." : LiquidText.Of(arguments[1]))),
    ];

    public static void CheckLength(long length)
    {
        if (length > RenderRun.MaxLength)
        {
            throw new TemplateRenderException($"A filter makes a text longer than {RenderRun.MaxLength} characters.");
        }
    }

    private static LiquidFilter Text(string name, Func<string, string> change) =>
        new(name, 0, 0, (_, input, _) => input is null ? null : change(LiquidText.Of(input)));

    private static int Whole(object? value) => (int)Math.Clamp(NumberFilters.Number(value), int.MinValue, int.MaxValue);

    private static string Join(string left, string right)
    {
        CheckLength((long)left.Length + right.Length);
        return left + right;
    }

    private static string Replace(string text, string what, string with)
    {
        if (what.Length == 0)
        {
            return text;
        }

        var growth = (long)(with.Length - what.Length);
        if (growth > 0)
        {
            CheckLength(text.Length + (growth * Occurrences(text, what)));
        }

        return text.Replace(what, with, StringComparison.Ordinal);
    }

    private static int Occurrences(string text, string what)
    {
        var count = 0;
        for (var at = text.IndexOf(what, StringComparison.Ordinal); at >= 0; at = text.IndexOf(what, at + what.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    private static string ReplaceFirst(string text, string what, string with)
    {
        var at = what.Length == 0 ? -1 : text.IndexOf(what, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + what.Length));
    }

    private static object?[] Split(string text, string by)
    {
        RenderBudget.Spend(text.Length);
        return text.Length == 0 ? [] : [.. RenderBudget.Items(Parts(text, by))];
    }

    // One after the other, so that a text of separators alone is stopped on the way.
    private static IEnumerable<string> Parts(string text, string by)
    {
        var from = 0;
        while (true)
        {
            var at = by.Length == 0 ? from + CharacterAt(text, from) : text.IndexOf(by, from, StringComparison.Ordinal);
            if (at < 0 || at >= text.Length)
            {
                yield return text[from..];
                yield break;
            }

            yield return text[from..at];
            from = at + by.Length;
        }
    }

    private static int CharacterAt(string text, int from)
    {
        Rune.DecodeFromUtf16(text.AsSpan(from), out _, out var length);
        return length;
    }

    private static string Slice(string text, int from, int length)
    {
        var start = from < 0 ? text.Length + from : from;
        if (start < 0 || start >= text.Length || length <= 0)
        {
            return "";
        }

        var end = start + Math.Min(length, text.Length - start);
        return text[PlainText.Boundary(text, start)..PlainText.Boundary(text, end)];
    }

    private static string Truncate(string text, int length, string ending) =>
        text.Length <= length ? text : PlainText.Start(text, Math.Max(0, length - ending.Length)) + ending;

    private static string TruncateWords(string text, int count, string ending)
    {
        var words = text.Split((char[]?)null, (int)Math.Clamp(count + 1L, 2, RenderBudget.MaxItems), StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= count ? text : string.Join(' ', words.Take(Math.Max(1, count))) + ending;
    }

    // In HTML the text around the breaks still has to be escaped, so the breaks are put in afterwards and the whole is remembered as done.
    private static string NewlineToBreak(RenderRun run, string text)
    {
        var safe = run.Kind == TemplateKind.Html && !run.IsEscaped(text) ? OutputTag.Escape(text) : text;
        return run.Escaped(Replace(safe.ReplaceLineEndings("\n"), "\n", "<br />\n"));
    }

    private static string FromBase64(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw new TemplateRenderException("A text is not valid base64.");
        }
    }
}
