using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Hosting;

/// <summary>
/// Ends a process that was told to stop and cannot, because a recipient takes its time: the others have its lanes by then, and what was being handed
/// over is known to be uncertain. Waiting longer would only keep the machine.
/// </summary>
internal sealed partial class StopDeadline(IHostApplicationLifetime lifetime, ILogger<StopDeadline> logger) : IHostedService
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4.5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => Task.Delay(Deadline, CancellationToken.None).ContinueWith(_ => End(), TaskScheduler.Default));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void End()
    {
        try
        {
            LogEnding();
        }
        finally
        {
            Environment.Exit(0);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not everything that was being handed over was settled in time; the process ends")]
    private partial void LogEnding();
}
