using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Marketing.Storage;

/// <summary>The rows of background jobs that one transaction makes durable, gathered so that they cost a row a job and not one each.</summary>
internal sealed class ImportRows
{
    private readonly Dictionary<(int Project, string Action), List<ImportRow>> _rows = [];

    public void Note(int project, ImportRow row) =>
        (CollectionsMarshal.GetValueRefOrAddDefault(_rows, (project, row.Action), out _) ??= []).Add(row);

    /// <summary>What is to be stored for each job.</summary>
    public IReadOnlyList<(int Project, string Action, long Last, string Rows)> Stored() =>
    [
        .. _rows.Select(job => (job.Key.Project, job.Key.Action, job.Value.Max(row => row.Number), Text(job.Value))),
    ];

    public void Clear() => _rows.Clear();

    /// <summary>Reads what was stored: by the number of the row, whether it created a customer.</summary>
    public static Dictionary<long, bool> Read(IEnumerable<string> stored)
    {
        var rows = new Dictionary<long, bool>();
        foreach (var number in stored.SelectMany(text => JsonSerializer.Deserialize<long[]>(text)!))
        {
            rows[Math.Abs(number)] = number > 0;
        }

        return rows;
    }

    private static string Text(List<ImportRow> rows) =>
        string.Create(CultureInfo.InvariantCulture, $"[{string.Join(',', rows.Select(row => row.Creates ? row.Number : -row.Number))}]");
}
