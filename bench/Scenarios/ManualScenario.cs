using System.Diagnostics;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>A manual distribution to everybody.</summary>
internal sealed class ManualScenario(Deployment deployment) : IScenario
{
    public static readonly object Discard = new { type = "discard" };

    public string Name => deployment == Deployment.Embedded ? "manual" : "pg-send";

    public string What => "a manual distribution to everybody: audience to durable rows, then the queue to a channel that discards";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(deployment);
        await shop.FillAsync(options.Customers);
        var sync = Stopwatch.StartNew();
        var segment = await shop.EverybodyAsync();
        sync.Stop();
        return
        [
            new Figure($"sync over {options.Customers} customers, all of them members", sync.Elapsed.TotalSeconds, "s", 8),
            .. await SendAsync(shop, segment, options.Customers, "everybody"),
            shop.PeakMemory("importing, syncing and sending"),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> SendAsync(Shop shop, string segment, int customers, string name)
    {
        var effort = await Effort.StartAsync(shop.Engine);
        var watch = Stopwatch.StartNew();
        var id = await shop.SendAsync(name, segment, Discard);
        await shop.CountedAsync(id, "audience", customers);
        var materialised = watch.Elapsed;
        await shop.SentAsync(id);
        var sent = watch.Elapsed;
        return
        [
            new Figure($"{customers} messages materialised (while sending)", materialised.TotalSeconds, "s", 20),
            new Figure("messages from activation to recorded outcome", customers / sent.TotalSeconds, "/s", 10_000),
            .. await effort.StopAsync(customers, "a message"),
        ];
    }
}
