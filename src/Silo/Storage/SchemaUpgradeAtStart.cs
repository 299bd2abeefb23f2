using Microsoft.Extensions.Hosting;

namespace Marketing.Storage;

/// <summary>
/// Upgrades the schema in the host's starting phase, which ends before any hosted service starts: the silo and everything
/// else that reads the database find it ready, in whatever order they were registered. A failure keeps the host down.
/// </summary>
internal sealed class SchemaUpgradeAtStart(SchemaUpgrader upgrader) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => upgrader.UpgradeAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
