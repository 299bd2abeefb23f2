using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>
/// The driver's exceptions do not travel between processes, and callers could not tell from them whether to try again: they get the
/// storage's own exception, and the log has the cause.
/// </summary>
internal sealed partial class OutageCallFilter(ILogger<OutageCallFilter> logger) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (StorageClosedException)
        {
            throw new StorageClosedException();
        }
        catch (StorageUnavailableException failure)
        {
            throw new StorageUnavailableException(failure.Message);
        }
        catch (Exception failure) when (DriverFailure(failure) is { } cause)
        {
            LogFailure(failure, context.MethodName);
            throw cause.IsOutage
                ? new StorageUnavailableException("The database did not answer.")
                : new InvalidOperationException($"The database refused: {cause.Message}");
        }
    }

    private static NpgsqlException? DriverFailure(Exception? failure)
    {
        while (failure is not null and not NpgsqlException)
        {
            failure = failure.InnerException;
        }

        return (NpgsqlException?)failure;
    }

    [LoggerMessage(LogLevel.Warning, "{Method} failed in the database")]
    private partial void LogFailure(Exception exception, string method);
}
