using Marketing.AsyncActions;

namespace Marketing.Customers.Imports;

/// <summary>A JSON array of customers by source id, or by the id where there is one; missing ones are created.</summary>
internal sealed class CustomersBulkUpdate(CustomerBulk customers) : IImport
{
    private const int Part = 1_000;

    public string Type => AsyncActionTypes.CustomersBulkUpdate;

    public string? Imported => null;

    public bool CountsApart => true;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var rows = JsonRows.Array(job.Payload);
        for (var start = (int)job.Cursor; start < rows.Count; start += Part)
        {
            var failures = new List<ImportProblem>();
            var changes = new List<CustomerRowChange>();
            var end = Math.Min(rows.Count, start + Part);
            for (var i = start; i < end; i++)
            {
                var (patch, problem) = CustomerOfRow.Read(rows[i]);
                if (patch is null || patch.SourceId is null)
                {
                    failures.Add(new ImportProblem(i + 1, patch?.SourceId, problem ?? "source_id is required"));
                }
                else
                {
                    changes.Add(new CustomerRowChange(i + 1, JsonRows.Text(rows[i], "id"), patch.SourceId, patch));
                }
            }

            var counts = await customers.ApplyAsync(job, changes, failures);
            yield return new ImportStep(end, rows.Count, failures) { Counts = counts };
        }
    }
}
