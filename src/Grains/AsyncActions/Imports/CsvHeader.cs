namespace Marketing.AsyncActions;

/// <summary>The columns of a file, and what separates them.</summary>
/// <param name="Names">By position; a column without a name is passed over.</param>
/// <param name="Separator">Comma, semicolon, tab or bar.</param>
internal sealed record CsvHeader(IReadOnlyList<string> Names, char Separator)
{
    private const string Separators = ",;\t|";

    /// <summary>
    /// Reads the first row. It is separated by whatever makes most of the known columns out of it; where there is none, the file is something else than it
    /// is taken for, and row by row it would become as many nameless objects.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="known">The names of the known columns, for the author of the file.</param>
    /// <param name="isKnown">Whether a name is one of them, in whatever spelling.</param>
    public static CsvHeader Of(string text, IReadOnlyCollection<string> known, Func<string, bool> isKnown)
    {
        CsvHeader? best = null;
        string? problem = null;
        foreach (var separator in Separators)
        {
            var first = new CsvRows(text, separator);
            if (!first.Read())
            {
                throw new ImportRefusedException("The file has no header row");
            }

            // What is quoted right for one separator is not for another.
            problem ??= first.Problem;
            var names = first.Problem is null ? first.Fields.ToList() : [];
            while (names.Count > 0 && names[^1].Length == 0)
            {
                names.RemoveAt(names.Count - 1);
            }

            if (names.Count(isKnown) > (best?.Names.Count(isKnown) ?? 0))
            {
                best = new CsvHeader(names, separator);
            }
        }

        if (best is null)
        {
            throw new ImportRefusedException(problem is not null
                ? $"The header row cannot be read: {problem}"
                : $"The header row names none of the known columns, separated by comma, semicolon, tab or |: {string.Join(", ", known)}");
        }

        var duplicate = best.Names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return duplicate is null ? best : throw new ImportRefusedException($"The header {duplicate.Key} occurs twice");
    }

    /// <summary>What is wrong with a row of so many fields, or null. Empty fields beyond the columns are left over from a spreadsheet.</summary>
    public string? WhyNot(List<string> fields)
    {
        if (fields.Count < Names.Count)
        {
            return $"too few fields, {fields.Count} for {Names.Count} columns";
        }

        return fields.Skip(Names.Count).Any(field => field.Length > 0) ? $"too many fields, {fields.Count} for {Names.Count} columns" : null;
    }
}
