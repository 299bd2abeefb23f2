using System.Diagnostics;
using System.Text.Json;
using Marketing.Testing;

namespace Marketing.Bench;

/// <summary>A running engine and what a shop does with it, over HTTP.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private Shop(EngineProcess engine) => Engine = engine;

    public EngineProcess Engine { get; }

    public static async Task<Shop> OpenAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["Distributions:Discard:Enabled"] = "true",
            ["Distributions:ManualDelay"] = "00:00:00",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        var engine = new EngineProcess(all);
        await engine.StartAsync();
        return new Shop(engine);
    }

    public Figure PeakMemory(string during) => new($"peak memory while {during}", Engine.PeakResidentBytes / 1e6, "MB", 500);

    /// <summary>Imports customers c-0 … c-(count-1) and says how long that took.</summary>
    public async Task<TimeSpan> ImportCustomersAsync(int count)
    {
        var watch = Stopwatch.StartNew();
        await Engine.Shop.ImportCustomersAsync(0, count);
        return watch.Elapsed;
    }

    public Task<string> SegmentAsync(string name, string field, string op, string value) => Engine.Shop.SegmentAsync(name, field, op, value);

    public Task SyncedAsync(string segment) => Engine.Shop.SyncedAsync(segment);

    public Task<string> DistributionAsync(object draft) => Engine.Shop.DistributionAsync(draft);

    public Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition) => Engine.Shop.UntilAsync(path, condition);

    public async ValueTask DisposeAsync() => await Engine.DisposeAsync();
}
