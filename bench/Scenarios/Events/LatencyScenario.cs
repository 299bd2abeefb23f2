using System.Diagnostics;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

internal sealed class LatencyScenario : IScenario
{
    private const int PerSecond = 1_000;
    private const int WarmUpSeconds = 15;

    // Several at once every few milliseconds: a timer for each event is finer than the machine's.
    private const int Burst = 5;

    public string Name => "pg-latency";

    public string What => $"from the decision on an event to the outcome of its message's hand-off to a channel that discards, at {PerSecond} events/s";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        await EventScene.SetUpAsync(shop);
        await using var events = await GrainEvents.ConnectAsync(shop.Cluster);
        await PaceAsync(events, WarmUpSeconds);
        var since = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var answers = await PaceAsync(events, options.Seconds);
        await Task.Delay(TimeSpan.FromSeconds(2));

        // Both instants are of the silo's clock. The first is before the event's commit and the second after the hand-off, so the time between is more than asked for.
        var database = shop.Cluster.Database;
        Task<double> PercentileAsync(double share) => database.ValueAsync(FormattableString.Invariant(
            $"SELECT percentile_cont({share}) WITHIN GROUP (ORDER BY finished_at - created_at) FROM messages WHERE created_at >= {since} AND finished_at IS NOT NULL"));
        var handedOver = await database.ValueAsync($"SELECT count(*) FROM messages WHERE created_at >= {since} AND finished_at IS NOT NULL");
        return
        [
            new Figure("events", handedOver / options.Seconds, "/s", PerSecond),
            new Figure("p50 from event to hand-off", await PercentileAsync(0.50), "ms"),
            new Figure("p99 from event to hand-off", await PercentileAsync(0.99), "ms", Goal: new Goal("p99 from event accepted to hand-off at 1k events/s", "≤ 100 ms", "≤ 30 ms")),
            .. answers.ToFigures("an answer"),
        ];
    }

    private static async Task<Latencies> PaceAsync(GrainEvents events, int seconds)
    {
        var latencies = new Latencies();
        var watch = Stopwatch.StartNew();
        List<Task> running = [];
        for (var sent = 0; sent < seconds * PerSecond; sent += Burst)
        {
            var early = TimeSpan.FromSeconds((double)sent / PerSecond) - watch.Elapsed;
            if (early > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(early);
            }

            running.AddRange(Enumerable.Range(sent, Burst).Select(async i =>
            {
                var start = Stopwatch.GetTimestamp();
                await events.RecordAsync(i);
                latencies.Add(Stopwatch.GetElapsedTime(start));
            }));
        }

        await Task.WhenAll(running);
        return latencies;
    }
}
