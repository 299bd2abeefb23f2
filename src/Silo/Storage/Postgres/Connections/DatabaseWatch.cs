using Marketing.Recovery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Looks for new versions of catalogues that this silo did not hear of otherwise. Commits do not depend on it: they are checked against the
/// database. Lanes and reviews do, which start nothing but would start late. And notices by it that the database is back.
/// </summary>
internal sealed partial class DatabaseWatch(PostgresDatabase database, ICatalogueFence fence, TakeOver takeOver, ILogger<DatabaseWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        var away = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await ObserveAsync();
                    if (away)
                    {
                        away = false;
                        LogBack();

                        // Whatever gave up meanwhile goes on at once.
                        await takeOver.RunAsync();
                    }
                }
                catch (StorageUnavailableException failure) when (!away)
                {
                    away = true;
                    LogAway(failure);
                }
                catch (StorageUnavailableException)
                {
                    // Still away.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo ends.
        }
    }

    private async Task ObserveAsync()
    {
        foreach (var (project, version) in await database.RowsAsync(
            "SELECT project, version FROM catalogue_versions", static row => (row.Int(0), row.Number(1))))
        {
            fence.Observe(project, version);
        }
    }

    [LoggerMessage(LogLevel.Error, "The database does not answer")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The database answers again")]
    private partial void LogBack();
}
