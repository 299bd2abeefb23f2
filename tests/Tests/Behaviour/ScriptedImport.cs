using Marketing.AsyncActions;

namespace Marketing.Behaviour;

/// <summary>A kind of job with as many rows as its payload has bytes, each a step. The first step of a job whose id says so never returns.</summary>
internal sealed class ScriptedImport : IImport
{
    public const string Lost = "lost-";

    private readonly HashSet<string> _lost = [];

    public string Type => "TEST";

    public string? Imported => "row";

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        for (var row = job.Cursor; row < job.Payload.Length; row++)
        {
            if (job.ActionId.StartsWith(Lost, StringComparison.Ordinal) && IsFirst(job.ActionId))
            {
                await new TaskCompletionSource().Task;
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
