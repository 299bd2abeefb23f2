using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Storage;

/// <summary>
/// Upgrades the schema in the host's starting phase, which ends before any hosted service starts: the silo and everything
/// else that reads the database find it ready, in whatever order they were registered. A failure keeps the host down, except one
/// that only time ends.
/// </summary>
internal sealed partial class SchemaUpgradeAtStart(
    SchemaUpgrader upgrader, ILogger<SchemaUpgradeAtStart> logger, Func<Exception, bool>? isOutage = null) : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int SayEvery = 10;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await upgrader.UpgradeAsync(cancellationToken);
                return;
            }
            catch (Exception failure) when (isOutage?.Invoke(failure) is true && !cancellationToken.IsCancellationRequested)
            {
                if (attempt % SayEvery == 0)
                {
                    LogWaiting(failure.Message);
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The database does not answer yet: {Reason}")]
    private partial void LogWaiting(string reason);
}
