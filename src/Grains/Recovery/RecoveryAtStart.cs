using Microsoft.Extensions.Hosting;

namespace Marketing.Recovery;

/// <summary>
/// Starts the recovery shards as soon as the silo takes calls, instead of at the next minute. A hosted service and not a startup task: those
/// run before the reminder service does.
/// </summary>
internal sealed class RecoveryAtStart(TakeOver takeOver) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => takeOver.RunAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
