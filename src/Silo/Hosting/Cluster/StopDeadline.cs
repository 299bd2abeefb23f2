using Marketing.Distributions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Hosting;

/// <summary>
/// Ends a process that was told to stop and cannot, although recipients had their time to answer: the others have its lanes by then, and what was being
/// handed over is known to be uncertain. Waiting longer would only keep the machine.
/// </summary>
internal sealed partial class StopDeadline(
    IHostApplicationLifetime lifetime, IOptions<DistributionOptions> options, ILogger<StopDeadline> logger) : IHostedService
{
    // For everything but the answers of recipients.
    public static readonly TimeSpan AfterDraining = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var deadline = options.Value.DrainTimeout + AfterDraining + Grace;
        lifetime.ApplicationStopping.Register(() => Task.Delay(deadline, CancellationToken.None).ContinueWith(_ => End(), TaskScheduler.Default));
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
