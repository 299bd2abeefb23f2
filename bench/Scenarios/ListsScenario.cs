using System.Diagnostics;
using System.Text.Json;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

internal sealed class ListsScenario : IScenario
{
    private const int Messages = 20_000_000;
    private const int Chunk = 2_000_000;
    private const int Audience = 200_000;

    public string Name => "pg-lists";

    public string What => $"analytics, activity and lists of a distribution with {Messages:N0} messages, while another one is sending";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        var database = shop.Cluster.Database;
        await shop.FillAsync(Audience);
        var everybody = await shop.EverybodyAsync();
        var id = await shop.MembersAsync(await shop.SegmentAsync("nobody", "source_id", "$is", "nobody"), "P7D", ManualScenario.Discard);
        var number = await database.NumberOfAsync(id);
        var past = DateTimeOffset.UtcNow.AddDays(-30).ToUnixTimeMilliseconds();
        for (var filled = 0; filled < Messages; filled += Chunk)
        {
            await database.FillMessagesAsync(number, Chunk, $"{past} + ({filled} + i) / 10", sent: true);
        }

        await database.RunAsync("VACUUM (ANALYZE) messages");
        string[] paths =
        [
            $"/v1/distributions/{id}/analytics", $"/v1/distributions/{id}/activity", $"/v1/distributions/{id}/messages",
            $"/v1/distributions/{id}/messages?status=failed", "/v1/distributions", "/v1/customers?limit=20",
        ];
        await AskAsync(shop, paths, () => false, rounds: 50);

        var sending = true;
        var sender = Task.Run(async () =>
        {
            var sent = 0;
            for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < options.Seconds * 2; sent++)
            {
                await shop.SentAsync(await shop.SendAsync($"sending {sent}", everybody, ManualScenario.Discard));
            }

            sending = false;
            return sent * Audience;
        });
        var latencies = await AskAsync(shop, paths, () => Volatile.Read(ref sending), rounds: 0);
        var all = new Latencies();
        foreach (var milliseconds in latencies.Values.SelectMany(latency => latency))
        {
            all.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        return
        [
            .. all.ToFigures("lists with 20 M messages while sending", new Goal("analytics, activity, lists with 20 M messages while sending: p99", "≤ 50 ms", "≤ 20 ms")),
            .. latencies.Select(path => new Figure($"p99 of {path.Key.Replace(id, "…", StringComparison.Ordinal)}", path.Value.Order().ElementAt((int)(path.Value.Count * 0.99)), "ms")),
            new Figure("messages sent meanwhile", await sender, ""),
        ];
    }

    // In turn, a reader at a time with a pause between: a person who looks, not a load.
    private static async Task<Dictionary<string, List<double>>> AskAsync(Shop shop, string[] paths, Func<bool> goOn, int rounds)
    {
        var latencies = paths.ToDictionary(path => path, _ => new List<double>());
        for (var round = 0; round < rounds || goOn(); round++)
        {
            foreach (var path in paths)
            {
                var start = Stopwatch.GetTimestamp();
                using var response = await shop.Engine.Http.GetAsync(path);
                latencies[path].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!response.IsSuccessStatusCode)
                {
                    throw new JsonException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
            }

            await Task.Delay(10);
        }

        return latencies;
    }
}
