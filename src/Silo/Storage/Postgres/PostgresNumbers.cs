using Microsoft.Extensions.Hosting;

namespace Marketing.Storage.Postgres;

/// <summary>Numbers reserved by one statement each, outside the commits. The first blocks are there before the first grain asks.</summary>
internal sealed class PostgresNumbers : ReservedNumbers, IHostedService, IDisposable
{
    private readonly ReservationThread _thread;

    public PostgresNumbers(PostgresDatabase database)
        : this(new ReservationThread(database))
    {
    }

    private PostgresNumbers(ReservationThread thread)
        : base(thread.ReserveAsync) => _thread = thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ReserveAhead();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _thread.Dispose();
}
