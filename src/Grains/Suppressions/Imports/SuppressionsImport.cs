using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Exports.Working;

namespace Marketing.Suppressions.Imports;

/// <summary>Suppressions from a JSON array, of which the API has looked at no more than that it is one.</summary>
internal sealed class SuppressionsImport(SuppressionRows suppressions) : IImport
{
    private const int Part = 200;

    private static readonly string[] Columns = ["channel", "address", "reason", "topic"];

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
                if (items[at].ValueKind != JsonValueKind.Object)
                {
                    failures.Add(new ImportProblem(at + 1L, null, "must be object"));
                }
                else if (NoText(items[at]) is { } column)
                {
                    failures.Add(new ImportProblem(at + 1L, null, $"{column} must be string", column));
                }
                else
                {
                    rows.Add((at + 1L, Row(items[at])));
                }
            }

            await suppressions.SaveAsync(job, rows, failures);
            yield return new ImportStep(end, items.Count, failures);
        }
    }

    // What is no text says something that is not understood: taken for nothing, a topic would be an opt-out of everything.
    private static string? NoText(JsonElement item) =>
        Columns.FirstOrDefault(column => item.TryGetProperty(column, out var value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null));

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
    private static string? Address(CsvFile file) => Text(file, "Address") is { } text ? ExportCsv.Plain(text) : null;

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
