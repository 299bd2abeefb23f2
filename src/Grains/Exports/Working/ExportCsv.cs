using System.Buffers;
using System.Globalization;
using System.Text;

namespace Marketing.Exports.Working;

/// <summary>
/// Lines of a file as RFC 4180 has it: separated by comma, ended by CR LF. A text that a spreadsheet would take for a formula has an apostrophe before it; a number that is
/// negative is none.
/// </summary>
internal static class ExportCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static string Line(IEnumerable<string?> cells)
    {
        var line = new StringBuilder();
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
            {
                line.Append(',');
            }

            isFirst = false;
            Append(line, Harmless(cell ?? ""));
        }

        return line.Append("\r\n").ToString();
    }

    private static void Append(StringBuilder line, string text)
    {
        if (text.AsSpan().ContainsAny(Quoted))
        {
            line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            line.Append(text);
        }
    }

    /// <summary>A cell as it was before it was written: without the apostrophe that keeps it from being a formula.</summary>
    public static string Plain(string cell) => cell is ['\'', ..] && IsFormula(cell.AsSpan(1)) ? cell[1..] : cell;

    private static string Harmless(string text) => IsFormula(text) ? $"'{text}" : text;

    private static bool IsFormula(ReadOnlySpan<char> text) =>
        text is ['=' or '+' or '@' or '\t' or '\r', ..] || (text is ['-', ..] && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
}
