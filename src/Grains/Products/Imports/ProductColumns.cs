using System.Globalization;
using Marketing.AsyncActions;

namespace Marketing.Products.Imports;

/// <summary>The fields of a row of a file, by the names of their columns; what no column is known for is metadata.</summary>
/// <param name="known">The known columns.</param>
internal sealed class ProductColumns(params IReadOnlyList<string> known)
{
    public CsvFile Open(byte[] file) => new(file, known, IsKnown);

    /// <summary>A field; null where the file has no such column, or the row nothing in it.</summary>
    public static string? Text(CsvFile file, string column)
    {
        for (var at = 0; at < file.Header.Names.Count; at++)
        {
            if (string.Equals(file.Header.Names[at], column, StringComparison.OrdinalIgnoreCase))
            {
                return file.Fields[at].Length > 0 ? file.Fields[at] : null;
            }
        }

        return null;
    }

    /// <summary>The other columns as a JSON object; null where there is nothing in them.</summary>
    public RawJson? Metadata(CsvFile file) => file.Cells.Read(
        file.Header.Names.Zip(file.Fields).Where(cell => cell.First.Length > 0 && !IsKnown(cell.First)));

    /// <summary>What is wrong with the known fields of a row, and the column it is in.</summary>
    public (string Reason, string Column)? WhyNot(CsvFile file)
    {
        foreach (var column in known)
        {
            if (Text(file, column) is { } text && WhyNot(column, text) is { } reason)
            {
                return (reason, column.ToLowerInvariant());
            }
        }

        return Metadata(file)?.Utf8.Length > ProductLimits.ObjectBytes ? ($"must be at most {ProductLimits.ObjectBytes} bytes", "metadata") : null;
    }

    private static string? WhyNot(string column, string text) => column switch
    {
        "Price" => IsPrice(text, out var amount) && amount <= ProductLimits.Price ? null : "must be a whole number of minor units, such as 1250 for 12.50",
        "Currency" => text.Length == ProductLimits.Currency && text.All(char.IsAsciiLetter) ? null : "must be a code of three letters",
        "Attributes" => text.Length > ProductLimits.ObjectBytes ? $"must be at most {ProductLimits.ObjectBytes} characters" : null,
        "Image_url" => WhyNot(text, ProductLimits.ImageUrl),
        _ => WhyNot(text, ProductLimits.Name),
    };

    private static string? WhyNot(string text, int longest) =>
        text.Length > longest || text.Any(char.IsControl) ? $"must be at most {longest} characters, without control characters" : null;

    public static long? Price(CsvFile file) => Text(file, "Price") is { } text && IsPrice(text, out var price) ? price : null;

    private static bool IsPrice(string text, out long price) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out price);

    private bool IsKnown(string name) => known.Contains(name, StringComparer.OrdinalIgnoreCase);
}
