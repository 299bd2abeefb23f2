using System.Diagnostics;
using Marketing.Bench.Deployments;
using Marketing.Bench.Yardsticks;

namespace Marketing.Bench.Scenarios;

internal sealed class SegmentSyncScenario(Deployment deployment) : IScenario
{
    private const double MostSeconds = 5;

    public string Name => deployment == Deployment.Embedded ? "segment-sync" : "pg-sync";

    public string What => "a new segment over all customers, half of them members, beside a raw scan of the same rows where the database allows it";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(deployment);
        await shop.FillAsync(options.Customers);
        var scan = shop.Engine.Database is { } database ? new RawScan(database) : null;
        if (scan is not null)
        {
            await SyncAsync(shop, "warm up");
            await scan.MeasureAsync();
        }

        var before = scan is null ? 0 : await scan.MeasureAsync();
        var effort = await Effort.StartAsync(shop.Engine);
        var took = await SyncAsync(shop, "gold");
        var used = await effort.StopAsync(options.Customers, "a customer");
        var after = scan is null ? 0 : await scan.MeasureAsync();
        return
        [
            new Figure($"sync over {options.Customers} customers", took.TotalSeconds, "s", MostSeconds,
                Goal: scan is null ? null : new Goal("segment sync, 1,000,000 customers, seconds", "≤ 5 s", "–")),
            new Figure("customers checked", options.Customers / took.TotalSeconds, "/s", null, scan?.Name, scan is null ? null : (before + after) / 2,
                scan is null ? null : new Goal("segment sync, 1,000,000 customers", "–", "≥ 0.7 ×")),
            .. used,
            shop.PeakMemory("syncing"),
        ];
    }

    private static async Task<TimeSpan> SyncAsync(Shop shop, string name)
    {
        var watch = Stopwatch.StartNew();
        await shop.SyncedAsync(await shop.SegmentAsync(name, "metadata.plan", "$is", "gold"));
        return watch.Elapsed;
    }
}
