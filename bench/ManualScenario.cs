using System.Diagnostics;

namespace Marketing.Bench;

internal sealed class ManualScenario : IScenario
{
    public string Name => "manual";

    public string What => "a manual distribution to everybody: audience to durable rows, then the queue to a channel that discards";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.ImportCustomersAsync(options.Customers);
        var sync = Stopwatch.StartNew();
        var segment = await shop.SegmentAsync("all", "source_id", "$starts_with", "c-");
        await shop.SyncedAsync(segment);
        sync.Stop();

        var watch = Stopwatch.StartNew();
        var processor = shop.Engine.ProcessorTime;
        var id = await shop.DistributionAsync(new
        {
            name = "everybody",
            type = "manual",
            audience = new { segment_id = segment },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "discard" } },
        });
        await shop.UntilAsync($"/v1/distributions/{id}", view => view.GetProperty("messages").GetProperty("audience").GetInt64() == options.Customers);
        var materialised = watch.Elapsed;
        await shop.UntilAsync($"/v1/distributions/{id}", view => view.GetProperty("status").GetString() == "sent");
        var sent = watch.Elapsed;
        return
        [
            new Figure($"sync over {options.Customers} customers, all of them members", sync.Elapsed.TotalSeconds, "s", 8),
            new Figure($"{options.Customers} messages materialised (while sending)", materialised.TotalSeconds, "s", 20),
            new Figure("messages from activation to recorded outcome", options.Customers / sent.TotalSeconds, "/s", 10_000),
            new Figure("processor time a message", (shop.Engine.ProcessorTime - processor).TotalMicroseconds / options.Customers, "us"),
            shop.PeakMemory("importing, syncing and sending"),
        ];
    }
}
