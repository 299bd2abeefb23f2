using System.Diagnostics;

namespace Marketing.Bench;

internal sealed class SegmentSyncScenario : IScenario
{
    public string Name => "segment-sync";

    public string What => "a new segment over all customers, half of them members";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.ImportCustomersAsync(options.Customers);
        var watch = Stopwatch.StartNew();
        var segment = await shop.SegmentAsync("gold", "metadata.plan", "$is", "gold");
        await shop.SyncedAsync(segment);
        return
        [
            new Figure($"sync over {options.Customers} customers", watch.Elapsed.TotalSeconds, "s", 8),
            new Figure("customers checked", options.Customers / watch.Elapsed.TotalSeconds, "/s"),
            shop.PeakMemory("importing and syncing"),
        ];
    }
}
