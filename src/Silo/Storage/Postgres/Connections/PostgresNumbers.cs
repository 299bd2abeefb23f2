using Microsoft.Extensions.Hosting;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>Numbers reserved by one statement each, outside the commits. The first blocks are there before the first grain asks.</summary>
internal sealed class PostgresNumbers(PostgresDatabase database)
    : ReservedNumbers((sequence, count) => ReserveAsync(database, sequence, count)), IHostedService
{
    private const string Reserve =
        """
        INSERT INTO sequences AS s (name, next) VALUES ($1, 1 + $2)
        ON CONFLICT (name) DO UPDATE SET next = s.next + $2 RETURNING s.next - $2
        """;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ReserveAhead();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<long> ReserveAsync(PostgresDatabase database, NumberSequence sequence, int count) =>
        (await database.RowsAsync(Reserve, static row => row.Number(0), Text(sequence.Name), Long(count)))[0];
}
