using System.Text.Json;
using Marketing.AsyncActions;

namespace Marketing.Suppressions.Imports;

/// <summary>Suppressions from a JSON array, of which the API has looked at no more than that it is one.</summary>
internal sealed class SuppressionsImport(SuppressionRows suppressions) : IImport
{
    private const int Part = 200;

    public string Type => SuppressionJobs.Import;

    public string Imported => "suppression";

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var items = JsonRows.Array(job.Payload);
        for (var start = (int)job.Cursor; start < items.Count; start += Part)
        {
            var end = Math.Min(items.Count, start + Part);
            var (rows, failures) = (new List<(long, SuppressionRow)>(), new List<ImportProblem>());
            for (var at = start; at < end; at++)
            {
                if (items[at].ValueKind == JsonValueKind.Object)
                {
                    rows.Add((at + 1L, Row(items[at])));
                }
                else
                {
                    failures.Add(new ImportProblem(at + 1L, null, "must be object"));
                }
            }

            await suppressions.SaveAsync(job, rows, failures);
            yield return new ImportStep(end, items.Count, failures);
        }
    }

    private static SuppressionRow Row(JsonElement item) =>
        new(JsonRows.Text(item, "channel"), JsonRows.Text(item, "address"), JsonRows.Text(item, "reason"), JsonRows.Text(item, "topic") is { Length: > 0 } topic ? topic : null);
}

/// <summary>Suppressions from CSV.</summary>
internal sealed class SuppressionsCsvImport(SuppressionRows suppressions) : CsvImport<SuppressionRow>
{
    private static readonly string[] Columns = ["Channel", "Address", "Reason", "Topic"];

    // As exports write it; when it was first suppressed is not taken over.
    private const string Exported = "Created_at";

    public override string Type => SuppressionJobs.ImportCsv;

    public override string Imported => "suppression";

    protected override CsvFile Open(byte[] file) => new(file, Columns, static name => Columns.Append(Exported).Contains(name, StringComparer.OrdinalIgnoreCase));

    protected override (SuppressionRow? Row, ImportProblem? Problem) Read(CsvFile file) =>
        (new SuppressionRow(Text(file, "Channel") ?? "email", Address(file), Text(file, "Reason"), Text(file, "Topic")), null);

    protected override Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, SuppressionRow Row)> rows, List<ImportProblem> failures) => suppressions.SaveAsync(job, rows, failures);

    // Exports keep spreadsheets from taking a number for a formula.
    private static string? Address(CsvFile file) => Text(file, "Address") is { } text && text.StartsWith("'+", StringComparison.Ordinal) ? text[1..] : Text(file, "Address");

    private static string? Text(CsvFile file, string column)
    {
        for (var at = 0; at < file.Header.Names.Count; at++)
        {
            if (string.Equals(file.Header.Names[at], column, StringComparison.OrdinalIgnoreCase))
            {
                return file.Fields[at].Trim() is { Length: > 0 } text ? text : null;
            }
        }

        return null;
    }
}
