using System.Diagnostics;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Yardsticks;

/// <summary>No-op jobs through Hangfire on the same server, 20 workers.</summary>
internal sealed class HangfireJobs(Database database) : IYardstick
{
    private const int Jobs = 10_000;
    private const int Workers = 20;

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    private static int s_done;

    public string Name => "Hangfire, 20 workers";

    public async Task<double> MeasureAsync()
    {
        var connectionString = await database.CreateNeighbourAsync();
        var options = new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50) };
        var storage = new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString, options), options);
        var client = new BackgroundJobClient(storage);
        await Parallel.ForAsync(0, Jobs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, (i, _) =>
        {
            client.Enqueue(() => Run(i));
            return ValueTask.CompletedTask;
        });

        s_done = 0;
        var watch = Stopwatch.StartNew();
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers }, storage);
        while (Volatile.Read(ref s_done) < Jobs && watch.Elapsed < AtMost)
        {
            await Task.Delay(10);
        }

        return Volatile.Read(ref s_done) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The job. Hangfire finds it by its name, so it cannot be hidden.</summary>
    public static void Run(int customer) => Interlocked.Increment(ref s_done);
}
