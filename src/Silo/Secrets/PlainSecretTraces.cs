using System.Globalization;
using Marketing.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Secrets;

/// <summary>
/// Writes the control database anew once, after the first start that protects secrets: pages and log keep bytes of rows that were replaced. The file notes in its
/// user version that it was done.
/// </summary>
internal sealed partial class PlainSecretTraces(
    [FromKeyedServices(SqliteDataSource.ControlPlane)] SqliteDataSource source, ILogger<PlainSecretTraces> logger) : IHostedLifecycleService
{
    private const long Done = 1;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await AskAsync("PRAGMA user_version", cancellationToken) < Done)
            {
                await AskAsync("VACUUM", cancellationToken);

                // 1: somebody is reading. The next start tries again.
                if (await AskAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken) == 0)
                {
                    await AskAsync($"PRAGMA user_version = {Done}", cancellationToken);
                }
            }
        }
        catch (SqliteException failure)
        {
            LogFailed(failure);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<long> AskAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken) ?? 0, CultureInfo.InvariantCulture);
    }

    [LoggerMessage(LogLevel.Warning, "Traces of secrets from before they were protected may be left in the control database")]
    private partial void LogFailed(Exception failure);
}
