using Marketing.Storage;

namespace Marketing.AsyncActions;

/// <summary>
/// A kind of job with as many rows as its payload has bytes, each a step. The first step of a job whose id says so never returns; others fail at their
/// third row, each time or as long as an outage lasts.
/// </summary>
internal sealed class ScriptedImport : IImport
{
    public const string Lost = "lost-";
    public const string Failing = "failing-";
    public const string Away = "away-";

    private const int Outage = 12;

    private readonly HashSet<string> _lost = [];

    public string Type => "TEST";

    /// <summary>How often the third row of failing jobs was tried.</summary>
    public int Tries { get; private set; }

    public string? Imported => "row";

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        for (var row = job.Cursor; row < job.Payload.Length; row++)
        {
            if (job.ActionId.StartsWith(Lost, StringComparison.Ordinal) && IsFirst(job.ActionId))
            {
                await new TaskCompletionSource().Task;
            }

            if (row == 2 && job.ActionId.StartsWith(Failing, StringComparison.Ordinal))
            {
                Tries++;
                throw new InvalidOperationException("secret");
            }

            if (row == 2 && job.ActionId.StartsWith(Away, StringComparison.Ordinal) && Tries++ < Outage)
            {
                throw new StorageUnavailableException("The database is away.");
            }

            yield return new ImportStep(row + 1, job.Payload.Length, []);
        }
    }

    private bool IsFirst(string job)
    {
        lock (_lost)
        {
            return _lost.Add(job);
        }
    }
}
