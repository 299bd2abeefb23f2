using System.Buffers;
using System.Text.RegularExpressions;

namespace Marketing.Templates;

/// <summary>Makes texts harmless for where they go.</summary>
internal static partial class Markup
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");
    private static readonly SearchValues<char> Breaking = SearchValues.Create([.. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(char.IsControl), '\u2028', '\u2029']);

    // Neither goes back and forth, and the time is for what they make of a text of two million opening brackets.
    private static readonly Regex Blocks = new("<script.*?</script>|<!--.*?-->|<style.*?</style>", RegexOptions.Singleline | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
    private static readonly Regex Tags = new("<.*?>", RegexOptions.Singleline | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));

    public static string Escape(string text) => !text.AsSpan().ContainsAny(Special) ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    public static string EscapeOnce(string text) => Unescaped().Replace(text, found => Escape(found.Value));

    public static string Strip(string html) => html.Contains('<') ? Tags.Replace(Blocks.Replace(html, ""), "") : html;

    /// <summary>Line breaks and other control characters become spaces, so that a value cannot start a header of its own.</summary>
    public static string OneLine(string text) => !text.AsSpan().ContainsAny(Breaking) ? text
        : string.Create(text.Length, text, static (line, source) => source.AsSpan().ReplaceAny(line, Breaking, ' '));

    [GeneratedRegex("[\"><']|&(?!([a-zA-Z]+|(#\\d+));)")]
    private static partial Regex Unescaped();
}
