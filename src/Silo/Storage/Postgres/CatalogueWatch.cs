using Marketing.Storage.Relational;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Looks for new versions of catalogues that this silo did not hear of otherwise. Commits do not depend on it: they are checked against the
/// database. Lanes and reviews do, which start nothing but would start late.
/// </summary>
internal sealed partial class CatalogueWatch(PostgresDatabase database, ICatalogueFence fence, ILogger<CatalogueWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                await LookAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The silo ends.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            foreach (var (project, version) in await database.RowsAsync(
                "SELECT project, version FROM catalogue_versions", static row => (row.Int(0), row.Number(1))))
            {
                fence.Observe(project, version);
            }
        }
        catch (StorageUnavailableException away)
        {
            LogAway(away);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Versions of catalogues wait for the database")]
    private partial void LogAway(Exception exception);
}
