using Microsoft.Extensions.Logging;

namespace Marketing.Hosting;

/// <summary>A client that starts before the first silo waits for it, as long as its process is not stopped.</summary>
internal sealed partial class PatientConnection(ILogger<PatientConnection> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(10);

    private DateTime _saidAt;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (DateTime.UtcNow - _saidAt > SayAgain)
        {
            LogWaiting(exception.Message);
            _saidAt = DateTime.UtcNow;
        }

        await Task.Delay(Pause, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "No silo answers yet: {Reason}")]
    private partial void LogWaiting(string reason);
}
