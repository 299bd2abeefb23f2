using System.Diagnostics;
using System.Text.Json;

namespace Marketing.Bench.Deployments;

/// <summary>A running engine and what a shop does with it, over HTTP.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private const int MostImported = 100_000;

    private Shop(IEngine engine) => Engine = engine;

    public IEngine Engine { get; }

    /// <summary>The same as <see cref="Engine"/> of a shop that was opened on a cluster.</summary>
    public Cluster Cluster => (Cluster)Engine;

    public static async Task<Shop> OpenAsync(Deployment deployment = Deployment.Embedded, IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>
        {
            ["Distributions:Discard:Enabled"] = "true",
            ["Distributions:ManualDelay"] = "00:00:00",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        return new Shop(deployment == Deployment.Embedded ? await Embedded.StartAsync(all) : await Cluster.StartAsync(all));
    }

    public Figure PeakMemory(string during) => new($"peak memory while {during}", Engine.PeakResidentBytes / 1e6, "MB", 500);

    /// <summary>Makes customers c-0 … c-(count-1): by import, and most of a large number behind the back of an engine whose database allows it.</summary>
    public async Task<TimeSpan> FillAsync(int count)
    {
        var watch = Stopwatch.StartNew();
        if (Engine.Database is null || count <= MostImported)
        {
            return await ImportCustomersAsync(count);
        }

        await ImportCustomersAsync(MostImported);
        await Engine.Database.CopyCustomersAsync(MostImported, count);
        return watch.Elapsed;
    }

    /// <summary>Imports customers c-0 … c-(count-1) and says how long that took.</summary>
    public async Task<TimeSpan> ImportCustomersAsync(int count)
    {
        var watch = Stopwatch.StartNew();
        await Engine.Shop.ImportCustomersAsync(0, count);
        return watch.Elapsed;
    }

    public Task<string> SegmentAsync(string name, string field, string op, string value) => Engine.Shop.SegmentAsync(name, field, op, value);

    public Task SyncedAsync(string segment) => Engine.Shop.SyncedAsync(segment);

    /// <summary>A segment of all customers.</summary>
    public async Task<string> EverybodyAsync()
    {
        var segment = await SegmentAsync("all", "source_id", "$starts_with", "c-");
        await SyncedAsync(segment);
        return segment;
    }

    public Task<string> DistributionAsync(object draft) => Engine.Shop.DistributionAsync(draft);

    /// <summary>A manual distribution to a segment.</summary>
    public Task<string> SendAsync(string name, string segment, object channel) => DistributionAsync(new
    {
        name,
        type = "manual",
        audience = new { segment_id = segment },
        action = new { type = "plain_message" },
        channels = new[] { channel },
    });

    /// <summary>A distribution to the present members of a segment, each message due so long after it was made.</summary>
    public Task<string> MembersAsync(string segment, string delay, object channel) => DistributionAsync(new
    {
        name = $"members {Guid.NewGuid():n}",
        type = "automatic",
        delay,
        trigger = new { type = "customer.segment.entered", segment_id = segment, include_current_members = true },
        action = new { type = "plain_message" },
        channels = new[] { channel },
    });

    /// <summary>Waits until a distribution counts so many messages.</summary>
    /// <param name="distribution">Its id.</param>
    /// <param name="count">Which count.</param>
    /// <param name="expected">How many.</param>
    public Task CountedAsync(string distribution, string count, long expected) =>
        UntilAsync($"/v1/distributions/{distribution}", view => view.GetProperty("messages").GetProperty(count).GetInt64() >= expected);

    public Task SentAsync(string distribution) =>
        UntilAsync($"/v1/distributions/{distribution}", view => view.GetProperty("status").GetString() == "sent");

    public Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition) => Engine.Shop.UntilAsync(path, condition);

    public async ValueTask DisposeAsync() => await Engine.DisposeAsync();
}
