using Marketing.MetadataSchemas;

namespace Marketing.AsyncActions;

/// <summary>A file of which each row is one <typeparamref name="T"/>, saved some rows at a time.</summary>
internal abstract class CsvImport<T> : IImport
{
    private const int Part = 200;

    public abstract string Type { get; }

    public abstract string Imported { get; }

    public bool IsFile => true;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var file = Open(job.Payload);
        file.Cells = await CellsAsync(job.Project);
        var (rows, failures) = (new List<(long, T)>(), new List<ImportProblem>());
        for (var more = true; more;)
        {
            more = file.Read();
            if (more && file.Row > job.Cursor)
            {
                Take(file, rows, failures);
            }

            if (rows.Count + failures.Count >= Part || (!more && rows.Count + failures.Count > 0))
            {
                await SaveAsync(job, rows, failures);
                yield return new ImportStep(file.Row, Math.Max(file.Total, file.Row), failures);
                (rows, failures) = ([], []);
            }
        }
    }

    protected abstract CsvFile Open(byte[] file);

    /// <summary>How cells become metadata; texts, unless the rows are of something that schemas know.</summary>
    protected virtual ValueTask<MetadataCells> CellsAsync(int project) => new(MetadataCells.Texts);

    /// <summary>What the row says, or what is wrong with it.</summary>
    protected abstract (T? Row, ImportProblem? Problem) Read(CsvFile file);

    /// <summary>Saves rows, each with its number; adds those that are refused.</summary>
    protected abstract Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, T Row)> rows, List<ImportProblem> failures);

    private void Take(CsvFile file, List<(long, T)> rows, List<ImportProblem> failures)
    {
        var (row, problem) = file.Problem is { } broken ? (default, new ImportProblem(file.Row, null, broken)) : Read(file);
        if (problem is null)
        {
            rows.Add((file.Row, row!));
        }
        else
        {
            failures.Add(problem);
        }
    }
}
