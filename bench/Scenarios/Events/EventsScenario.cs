using Marketing.Bench.Deployments;
using Marketing.Bench.Yardsticks;

namespace Marketing.Bench.Scenarios;

internal sealed class EventsScenario(Deployment deployment) : IScenario
{
    private const int InFlight = 128;
    private const int BatchesInFlight = 8;

    private bool IsCluster => deployment == Deployment.Cluster;

    public string Name => IsCluster ? "pg-http" : "events";

    public string What =>
        $"custom events over HTTP{(IsCluster ? " on PostgreSQL" : "")}, one per POST and in batches, durable before the answer; 100 segments, 1,000 live distributions of which one matches";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(deployment);
        await EventScene.SetUpAsync(shop);
        IYardstick yardstick = shop.Engine.Database is { } database
            ? await PgBench.PrepareAsync(database, options.Seconds)
            : new SqliteUpserts(options.Seconds);
        var events = new HttpEvents(shop.Engine.Http);
        var length = TimeSpan.FromSeconds(options.Seconds);

        await new Load(InFlight, TimeSpan.FromSeconds(20)).RunAsync(events.PostAsync);
        var before = await yardstick.MeasureAsync();
        var effort = await Effort.StartAsync(shop.Engine);
        var single = await new Load(InFlight, length).RunAsync(events.PostAsync);
        var singleEffort = await effort.StopAsync(single.Done, "an event");

        await new Load(BatchesInFlight, TimeSpan.FromSeconds(5)).RunAsync(events.PostManyAsync);
        effort = await Effort.StartAsync(shop.Engine);
        var many = await new Load(BatchesInFlight, length).RunAsync(events.PostManyAsync);
        var manyEffort = await effort.StopAsync(many.Done * HttpEvents.Batch, "an event of a batch");
        var beside = (before + await yardstick.MeasureAsync()) / 2;
        return
        [
            new Figure("events accepted, single POSTs", single.PerSecond, "/s", IsCluster ? null : 6_000, yardstick.Name, beside, IsCluster
                ? new Goal("events over HTTP, single POSTs", "≥ 1 ×", "≥ 2 ×")
                : new Goal("embedded (SQLite), events over HTTP, single POSTs", "≥ 0.25 ×", "≥ 0.5 ×")),
            .. single.Latencies.ToFigures("an answer"),
            .. singleEffort,
            new Figure("events accepted, 100 per POST", many.PerSecond * HttpEvents.Batch, "/s", null, yardstick.Name, beside,
                IsCluster ? new Goal("events over HTTP, batches of 100", "≥ 2 ×", "≥ 4 ×") : null),
            .. many.Latencies.ToFigures("an answer to a batch"),
            .. manyEffort,
            shop.PeakMemory("taking events"),
        ];
    }
}
