using System.Text;

namespace Marketing.Exports;

/// <summary>Reads a file as RFC 4180 has it, by the letter.</summary>
internal static class CsvText
{
    /// <summary>The rows without the header, by the names in it.</summary>
    public static List<Dictionary<string, string>> Rows(string text)
    {
        var lines = Lines(text);
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    public static List<List<string>> Lines(string text)
    {
        var lines = new List<List<string>>();
        var (line, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[++at]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (letter == ',')
            {
                EndCell();
            }
            else if (letter == '\r' && text[at + 1] == '\n')
            {
                at++;
                EndCell();
                lines.Add(line);
                line = [];
            }
            else
            {
                cell.Append(letter);
            }
        }

        Xunit.Assert.True(cell.Length == 0 && line.Count == 0, "The last line does not end.");
        return lines;

        void EndCell()
        {
            line.Add(cell.ToString());
            cell.Clear();
        }
    }
}
