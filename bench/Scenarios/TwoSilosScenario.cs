using System.Diagnostics;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

internal sealed class TwoSilosScenario : IScenario
{
    private const int Audience = 200_000;

    public string Name => "pg-two-silos";

    public string What => "two silos against one on the same cores: events, and sending";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        await EventScene.SetUpAsync(shop, segments: EventScene.Segments - 1);
        await shop.FillAsync(Audience);
        var everybody = await shop.EverybodyAsync();
        var (one, oneSends) = await MeasureAsync(shop, everybody, options);
        await shop.Cluster.AddSiloAsync();
        var (two, twoSend) = await MeasureAsync(shop, everybody, options);
        await shop.Cluster.StartAgainAsync(() => Task.CompletedTask);
        var (again, againSends) = await MeasureAsync(shop, everybody, options);
        return
        [
            new Figure("events, two silos", two, "/s", null, "one silo", (one + again) / 2, new Goal("two silos against one on the same cores: events", "≥ 0.9 ×", "≥ 1.0 ×")),
            new Figure("messages sent, two silos", twoSend, "/s", null, "one silo", (oneSends + againSends) / 2, new Goal("two silos against one on the same cores: sending", "≥ 0.9 ×", "≥ 1.0 ×")),
        ];
    }

    private static async Task<(double Events, double Sends)> MeasureAsync(Shop shop, string segment, BenchOptions options)
    {
        // A client of its own each time: it knows the silos there are.
        await using var events = await GrainEvents.ConnectAsync(shop.Cluster, EventScene.Customers);
        await new Load(options.InFlight, TimeSpan.FromSeconds(15)).RunAsync(events.RecordAsync);
        var recorded = await new Load(options.InFlight, TimeSpan.FromSeconds(options.Seconds)).RunAsync(events.RecordAsync);

        await shop.SentAsync(await shop.SendAsync($"warm up {Guid.NewGuid()}", segment, ManualScenario.Discard));
        var watch = Stopwatch.StartNew();
        await shop.SentAsync(await shop.SendAsync($"send {Guid.NewGuid()}", segment, ManualScenario.Discard));
        return (recorded.PerSecond, Audience / watch.Elapsed.TotalSeconds);
    }
}
