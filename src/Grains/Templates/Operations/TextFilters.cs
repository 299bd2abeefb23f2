using System.Net;
using System.Text;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>Filters on texts. Those that can make a text much longer check first, because a loop may apply them again and again.</summary>
internal static class TextFilters
{
    /// <summary>Filters that write HTML, which as the last one they do not in the text that is made of it.</summary>
    public static readonly IReadOnlySet<string> Escaping = new HashSet<string> { "escape", "h", "escape_once", "newline_to_br" };

    private static readonly char[] Blank = [' ', '\t', '\n', '\v', '\f', '\r', '\0'];

    public static IEnumerable<LiquidFilter> All { get; } =
    [
        new("raw", 0, 0, (_, input, _) => new StringValue(LiquidText.Of(input), encode: false)),
        Text("escape", Markup.Escape, encode: false),
        Text("h", Markup.Escape, encode: false),
        Text("escape_once", Markup.EscapeOnce, encode: false),
        new("newline_to_br", 0, 0, (run, input, _) => NewlineToBreak(run, input)),
        Text("upcase", text => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal)),
        Text("downcase", text => text.ToLowerInvariant()),
        Text("capitalize", Capitalize),
        Kept("strip", text => text.Trim(Blank)),
        Kept("lstrip", text => text.TrimStart(Blank)),
        Kept("rstrip", text => text.TrimEnd(Blank)),
        Kept("strip_newlines", text => text.Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)),
        Text("strip_html", Markup.Strip),
        Text("url_encode", text => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal)),
        Text("url_decode", WebUtility.UrlDecode),
        Text("base64_encode", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        Text("base64_decode", FromBase64),
        Text("base64_url_safe_encode", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_')),
        Text("base64_url_safe_decode", text => FromBase64(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='))),
        With("append", 1, (text, arguments) => Join(text, arguments[0])),
        With("prepend", 1, (text, arguments) => Join(arguments[0], text)),
        With("replace", 2, (text, arguments) => Replace(text, arguments[0], arguments[1])),
        With("replace_first", 2, (text, arguments) => ReplaceOne(text, text.IndexOf(arguments[0], StringComparison.Ordinal), arguments[0], arguments[1])),
        With("replace_last", 2, (text, arguments) => ReplaceOne(text, text.LastIndexOf(arguments[0], StringComparison.Ordinal), arguments[0], arguments[1])),
        With("remove", 1, (text, arguments) => Replace(text, arguments[0], "")),
        With("remove_first", 1, (text, arguments) => ReplaceOne(text, text.IndexOf(arguments[0], StringComparison.Ordinal), arguments[0], "")),
        With("remove_last", 1, (text, arguments) => ReplaceOne(text, text.LastIndexOf(arguments[0], StringComparison.Ordinal), arguments[0], "")),
        new("split", 1, 1, (_, input, arguments) => Split(LiquidText.Of(input), LiquidText.Of(arguments[0]))),
        new("slice", 1, 2, (_, input, arguments) => Slice(input, NumberFilters.Whole(arguments[0]), arguments.Length < 2 ? 1 : NumberFilters.Whole(arguments[1]))),
        new("truncate", 0, 2, (_, input, arguments) => input.IsNil() ? input : new StringValue(Truncate(
            LiquidText.Of(input), arguments.Length < 1 ? 50 : NumberFilters.Whole(arguments[0]), arguments.Length < 2 ? "..." : LiquidText.Of(arguments[1])))),
        new("truncatewords", 0, 2, (_, input, arguments) => input.IsNil() ? input : new StringValue(TruncateWords(
            LiquidText.Of(input), arguments.Length < 1 ? 15 : NumberFilters.Whole(arguments[0]), arguments.Length < 2 ? "..." : LiquidText.Of(arguments[1])))),
    ];

    private static LiquidFilter Text(string name, Func<string, string> change, bool encode = true) =>
        new(name, 0, 0, (_, input, _) => input.IsNil() ? input : new StringValue(change(LiquidText.Of(input)), encode));

    /// <summary>What only takes away white space leaves escaped what was.</summary>
    private static LiquidFilter Kept(string name, Func<string, string> change) =>
        new(name, 0, 0, (_, input, _) => input.IsNil() ? input : new StringValue(change(LiquidText.Of(input)), input is not StringValue { Encode: false }));

    private static LiquidFilter With(string name, int arguments, Func<string, string[], string> change) =>
        new(name, arguments, arguments, (_, input, values) => new StringValue(change(LiquidText.Of(input), Array.ConvertAll(values, LiquidText.Of))));

    private static string Capitalize(string text) =>
        PlainText.Middle(text, 0, 1) is var first ? first.ToUpperInvariant() + text[first.Length..].ToLowerInvariant() : text;

    private static string Join(string left, string right)
    {
        RenderBudget.CheckLength((long)left.Length + right.Length);
        return left + right;
    }

    private static string Replace(string text, string what, string with)
    {
        if (what.Length == 0)
        {
            return text;
        }

        if (with.Length > what.Length)
        {
            RenderBudget.CheckLength(text.Length + ((long)(with.Length - what.Length) * text.AsSpan().Count(what)));
        }

        return text.Replace(what, with, StringComparison.Ordinal);
    }

    private static string ReplaceOne(string text, int at, string what, string with) =>
        at < 0 || what.Length == 0 ? text : string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + what.Length));

    // Empty items at the end are none, as in the reference implementation; a space is any white space.
    private static ArrayValue Split(string text, string by)
    {
        RenderBudget.CheckItems(by.Length == 0 ? PlainText.Count(text) : text.AsSpan().Count(by));
        IEnumerable<string> items = by.Length == 0 ? PlainText.Characters(text)
            : by == " " ? text.Split(Blank, StringSplitOptions.RemoveEmptyEntries) : text.Split(by);
        return new ArrayValue([.. items.Reverse().SkipWhile(item => item.Length == 0).Reverse().Select(item => new StringValue(item))]);
    }

    private static FluidValue Slice(FluidValue input, int from, int length)
    {
        var (list, text) = (input as ArrayValue, input is ArrayValue ? "" : LiquidText.Of(input));
        var count = list?.Values.Count ?? PlainText.Count(text);
        var start = from < 0 ? count + from : from;
        var taken = start < 0 || start > count ? 0 : Math.Clamp(length, 0, count - start);
        return list is null ? new StringValue(taken == 0 ? "" : PlainText.Middle(text, start, taken)) : new ArrayValue([.. list.Values.Skip(start).Take(taken)]);
    }

    private static string Truncate(string text, int length, string ending) =>
        text.Length <= length || PlainText.Count(text) <= length ? text : Join(PlainText.Middle(text, 0, Math.Max(0, length - PlainText.Count(ending))), ending);

    private static string TruncateWords(string text, int count, string ending)
    {
        var words = text.Split(Blank, (int)Math.Clamp(count + 1L, 2, RenderBudget.MaxItems), StringSplitOptions.RemoveEmptyEntries);
        var isWhole = words.Length <= Math.Max(1, count) && !(words.Length == Math.Max(1, count) && Blank.AsSpan().Contains(text[^1]));
        return words.Length == 0 || isWhole ? text : Join(string.Join(' ', words.Take(Math.Max(1, count))), ending);
    }

    // In HTML the text around the breaks still has to be escaped, so the breaks are put in afterwards and the whole counts as done.
    private static StringValue NewlineToBreak(RenderRun run, FluidValue input)
    {
        var text = LiquidText.Of(input);
        var safe = run.Kind == TemplateKind.Html && input is not StringValue { Encode: false } ? Markup.Escape(text) : text;
        return new StringValue(Replace(safe.Replace("\r\n", "\n", StringComparison.Ordinal), "\n", "<br />\n"), encode: false);
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
