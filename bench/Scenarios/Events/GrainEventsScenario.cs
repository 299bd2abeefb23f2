using Marketing.Bench.Deployments;
using Marketing.Bench.Naive;
using Marketing.Bench.Yardsticks;

namespace Marketing.Bench.Scenarios;

internal sealed class GrainEventsScenario : IScenario
{
    public string Name => "pg-events";

    public string What => "custom events through a TCP client of a silo on PostgreSQL, durable before the answer; 100 segments, 1,000 live distributions of which one matches";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        await EventScene.SetUpAsync(shop);
        await using var events = await GrainEvents.ConnectAsync(shop.Cluster);
        var pgbench = await PgBench.PrepareAsync(shop.Cluster.Database, options.Seconds);

        await new Load(options.InFlight, TimeSpan.FromSeconds(20)).RunAsync(events.RecordAsync);
        var before = await pgbench.MeasureAsync();
        await new Load(options.InFlight, TimeSpan.FromSeconds(3)).RunAsync(events.RecordAsync);
        var effort = await Effort.StartAsync(shop.Engine);
        var measured = await new Load(options.InFlight, TimeSpan.FromSeconds(options.Seconds)).RunAsync(events.RecordAsync);
        var used = await effort.StopAsync(measured.Done, "an event");
        var after = await pgbench.MeasureAsync();
        var naive = options.Bare ? 0 : await new NaiveEvents(shop.Cluster.Database, options.InFlight, options.Seconds).MeasureAsync();
        return
        [
            new Figure("events accepted", measured.PerSecond, "/s", Beside: pgbench.Name, BesideValue: (before + after) / 2,
                Goal: new Goal("events through an Orleans TCP client", "≥ 2 ×", "≥ 4 ×")),
            .. options.Bare ? Array.Empty<Figure>() : [new Figure("events accepted", measured.PerSecond, "/s", Beside: "state and single statements", BesideValue: naive)],
            new Figure("pgbench before", before, "/s"),
            new Figure("pgbench after", after, "/s"),
            pgbench.Effort,
            .. measured.Latencies.ToFigures("an answer"),
            .. used,
            shop.PeakMemory("taking events"),
        ];
    }
}
