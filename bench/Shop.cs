using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Marketing.Testing;

namespace Marketing.Bench;

/// <summary>A running engine and what a shop does with it, over HTTP.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private const int RowsPerFile = 100_000;

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
        for (var start = 0; start < count; start += RowsPerFile)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Csv(start, Math.Min(count, start + RowsPerFile))), "file", "customers.csv" } };
            using var response = await Engine.Http.PostAsync("/v1/customers/importCSV", form);
            response.EnsureSuccessStatusCode();
            var action = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("async_action_id").GetString();
            await UntilAsync($"/v1/async-actions/{action}", job => job.GetProperty("status").GetString() == "DONE");
        }

        return watch.Elapsed;
    }

    public async Task<string> SegmentAsync(string name, string field, string op, string value) =>
        (await Engine.PostAsync<JsonElement>("/v1/segments", new
        {
            name,
            type = "auto-update",
            filter = new Dictionary<string, object> { ["junction"] = "and", [field] = new { conditions = new Dictionary<string, string[]> { [op] = [value] } } },
        })).GetProperty("id").GetString()!;

    public Task SyncedAsync(string segment) => UntilAsync($"/v1/segments/{segment}", state => state.GetProperty("initial_sync_status").GetString() == "DONE");

    public async Task<string> DistributionAsync(object draft)
    {
        var id = (await Engine.PostAsync<JsonElement>("/v1/distributions", draft)).GetProperty("id").GetString()!;
        await Engine.PostAsync<JsonElement>($"/v1/distributions/{id}/activate", new { });
        return id;
    }

    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition)
    {
        JsonElement last = default;
        await EngineProcess.WaitUntilAsync(
            async () => condition(last = await Engine.Http.GetFromJsonAsync<JsonElement>(path)),
            TimeSpan.FromMinutes(15),
            () => $"{path} stays {last}\n{Engine.Output}");
        return last;
    }

    public async ValueTask DisposeAsync() => await Engine.DisposeAsync();

    private static byte[] Csv(int from, int to)
    {
        var text = new StringBuilder("Source_id,Name,Email,City,plan,score\n");
        for (var i = from; i < to; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"c-{i},Customer {i},c{i}@example.com,{(i % 3 == 0 ? "Lodz" : "Oslo")},{(i % 2 == 0 ? "gold" : "blue")},{i % 100}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
