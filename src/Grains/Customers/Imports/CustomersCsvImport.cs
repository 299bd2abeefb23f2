using Marketing.AsyncActions;
using Marketing.MetadataSchemas;

namespace Marketing.Customers.Imports;

/// <summary>
/// Customers from CSV in the documented format, or separated by semicolon, tab or bar: known headers are profile fields, every other column becomes metadata.
/// </summary>
internal sealed class CustomersCsvImport(CustomerBulk customers, MetadataCheck metadata) : IImport
{
    public const int Part = 1_000;

    public string Type => AsyncActionTypes.CustomersImport;

    public string? Imported => "customer";

    public bool IsFile => true;

    public bool CountsApart => true;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var file = new CustomerFile(job.Payload, job.Options, await metadata.CellsOfAsync(job.Project, "customer"));
        var part = new CustomerFilePart();
        var more = true;
        while (more)
        {
            more = file.Read();
            if (more && file.Row <= job.Cursor)
            {
                file.PassOver();
            }
            else if (more)
            {
                file.Take(part);
            }

            if (part.Rows >= Part || (!more && part.Rows > 0))
            {
                var refused = new List<ImportProblem>();
                var counts = await customers.ApplyAsync(job, part.Changes, refused);
                yield return new ImportStep(file.Row, Math.Max(file.Total, file.Row), [.. part.Failed, .. refused.Select(file.Named)])
                {
                    Counts = counts,
                    Warnings = part.Warnings,
                };
                part = new CustomerFilePart();
            }
        }
    }
}
