using Microsoft.Extensions.Logging;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Orleans' providers throw what the driver throws, and callers in other processes cannot tell from it whether to try again: they get the
/// storage's own exception.
/// </summary>
internal sealed partial class OutageCallFilter(ILogger<OutageCallFilter> logger) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure) when (failure is not StorageUnavailableException && IsCausedByOutage(failure))
        {
            LogOutage(failure, context.MethodName);
            throw new StorageUnavailableException("The database did not answer.");
        }
    }

    private static bool IsCausedByOutage(Exception failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            if (current is Npgsql.NpgsqlException && current.IsOutage)
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The database did not answer {Method}")]
    private partial void LogOutage(Exception exception, string method);
}
