using Marketing.AsyncActions;
using Marketing.Catalogue;
using Marketing.MetadataSchemas;
using Orleans.Concurrency;

namespace Marketing.Customers.Imports;

// Two for each project and silo: the others wait.
[GrainType("import-trial"), StatelessWorker(2)]
internal sealed class ImportTrialGrain(ICustomerStore store, IEnumerable<IImport> imports, MetadataCheck metadata, Catalogues catalogues, TimeProvider clock) : Grain, IImportTrialGrain
{
    // Who asks waits for the answer. What was not looked at by then is left out, and said to be.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<ImportTrial> TryAsync(byte[] file, ImportOptions options, CancellationToken cancellation)
    {
        try
        {
            return new ImportTrial { Report = await TryAsync(new CustomerFile(file, options, await metadata.CellsOfAsync(Project, "customer")), cancellation) };
        }
        catch (ImportRefusedException refused)
        {
            return new ImportTrial { Refusal = refused.Message };
        }
    }

    private async Task<RawJson> TryAsync(CustomerFile file, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var trial = new CustomerTrial(store, await catalogues.FreshAsync(Project), clock, Project);
        var report = new ImportReport();
        var part = new CustomerFilePart();
        var more = true;
        while (more && (part.Rows > 0 || clock.GetElapsedTime(start) < Longest))
        {
            more = file.Read();
            if (more)
            {
                file.Take(part);
            }

            if (part.Rows >= CustomersCsvImport.Part || (!more && part.Rows > 0))
            {
                cancellation.ThrowIfCancellationRequested();
                var refused = new List<ImportProblem>();
                var counts = await trial.TakeAsync(part.Changes, refused);
                report.Add(new ImportStep(file.Row, file.Row, [.. part.Failed, .. refused.Select(file.Named)]) { Counts = counts, Warnings = part.Warnings });
                part = new CustomerFilePart();
            }
        }

        var import = imports.First(candidate => candidate.Type == AsyncActionTypes.CustomersImport);
        return new RawJson(report.WriteTrial(import, file.Row, !more, file.WriteMapping));
    }
}
