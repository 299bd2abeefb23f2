namespace Marketing.Demo;

/// <summary>What the demo shows: headings, one line of progress at a time, tables.</summary>
internal static class DemoConsole
{
    private const int LineWidth = 78;

    /// <summary>A step begins.</summary>
    public static void Step(string text) => Console.WriteLine($"\n{text}");

    public static void Line(string text) => Console.WriteLine($"  {text}");

    /// <summary>How far it is; overwritten by the next. Not shown where nothing can be overwritten, as in a file.</summary>
    public static void Progress(string text)
    {
        if (!Console.IsOutputRedirected)
        {
            Console.Write($"\r{Pad($"  {text}", LineWidth)}");
        }
    }

    /// <summary>Takes the line of progress away and says how it ended.</summary>
    public static void Done(string text)
    {
        if (!Console.IsOutputRedirected)
        {
            Console.Write($"\r{new string(' ', LineWidth)}\r");
        }

        Line(text);
    }

    /// <summary>A table with as much room as the widest cell of each column needs.</summary>
    public static void Table(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = header.Select((title, column) => rows.Select(row => Width(row[column])).Append(Width(title)).Max()).ToArray();
        Row(header, widths);
        foreach (var row in rows)
        {
            Row(row, widths);
        }
    }

    private static void Row(IReadOnlyList<string> cells, int[] widths) =>
        Line("  " + string.Join("  ", cells.Select((cell, column) => Pad(cell, widths[column]))).TrimEnd());

    private static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    // East Asian signs take two cells of a terminal.
    private static int Width(string text) => text.EnumerateRunes().Sum(rune => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xFF60) ? 2 : 1);
}
