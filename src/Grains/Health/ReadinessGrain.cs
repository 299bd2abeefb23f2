using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Health;

[GrainType("readiness"), StatelessWorker, Reentrant]
internal sealed class ReadinessGrain(IMessageQueue queue, ICommitter committer) : Grain, IReadinessGrain
{
    // Shorter than the patience of a probe, so that the answer says it is the database.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public async Task<string?> WhyNotReadyAsync()
    {
        try
        {
            await AskAsync().WaitAsync(Patience);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return "The database does not answer";
        }
    }

    // Reading is not enough: a full disk or another process' lock lets reads pass while nothing can be accepted.
    private async Task AskAsync()
    {
        await queue.NextDueAsync(0, 0);
        await committer.FlushAsync();
    }
}
