using System.Text.Json.Nodes;

namespace Marketing.Demo;

/// <summary>The segments of the demo: one by an attribute, one by what was bought, one by what was looked at.</summary>
internal sealed class DemoSegments(DemoClient client, CancellationToken cancellation)
{
    private const int MostListed = 100;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    public Task<string> GoldAsync() =>
        EnsureAsync("Demo: gold customers", "passive", Filter("metadata.plan", "$is", "gold"));

    public Task<string> BigSpendersAsync() =>
        EnsureAsync("Demo: big spenders", "passive", Filter("summary.orders.total_amount", "$more_than", 50_000));

    public Task<string> ActiveVisitorsAsync() =>
        EnsureAsync("Demo: active visitors", "auto-update", Filter("events.product_viewed.count", "$more_than_equal", 3));

    private async Task<string> EnsureAsync(string name, string type, JsonObject filter)
    {
        var segment = await FindAsync(name) ?? await client.PostAsync(
            "/v1/segments", new JsonObject { ["name"] = name, ["type"] = type, ["filter"] = filter }, $"demo-segment-{name}", cancellation);
        var id = segment["id"]!.GetValue<string>();
        while (segment["initial_sync_status"]!.GetValue<string>() != "DONE")
        {
            DemoConsole.Progress($"{name}: {segment["progress"]!.GetValue<int>()} % checked");
            await Task.Delay(Poll, cancellation);
            segment = await client.GetAsync($"/v1/segments/{id}", cancellation);
        }

        DemoConsole.Done($"{name}: {segment["count"]!.GetValue<long>():N0} members   {filter.ToJsonString()}");
        return id;
    }

    private async Task<JsonNode?> FindAsync(string name)
    {
        for (var page = 1; ; page++)
        {
            var segments = (await client.GetAsync($"/v1/segments?limit={MostListed}&page={page}", cancellation))["data"]!.AsArray();
            var found = segments.FirstOrDefault(segment => segment!["name"]!.GetValue<string>() == name);
            if (found is not null || segments.Count < MostListed)
            {
                return found;
            }
        }
    }

    private static JsonObject Filter(string field, string comparison, JsonNode value) => new()
    {
        ["junction"] = "and",
        [field] = new JsonObject { ["conditions"] = new JsonObject { [comparison] = new JsonArray(value) } },
    };
}
