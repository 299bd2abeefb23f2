using Microsoft.Extensions.Logging;

namespace Marketing.Recovery;

/// <summary>Takes up what was interrupted, now instead of at the next tick of the recovery shards' reminders.</summary>
internal sealed partial class TakeOver(IGrainFactory grains, ILogger<TakeOver> logger)
{
    /// <summary>Repeating it costs a look. A failure is not the caller's: the reminders come.</summary>
    public async Task RunAsync()
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, IRecoveryGrain.Shards).Select(shard => grains.GetGrain<IRecoveryGrain>(shard).StartAsync()));
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Interrupted work could not be taken up at once; the next reminder does")]
    private partial void LogFailed(Exception exception);
}
