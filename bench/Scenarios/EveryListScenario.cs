using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>Each list by each of its filters in each of its orders, a near page and the last one there is. On PostgreSQL a second time, without statistics.</summary>
internal sealed class EveryListScenario(Deployment deployment) : IScenario
{
    private const int Rounds = 3;
    private const int Slowest = 12;
    private const double MostMilliseconds = 100;
    private const int Changed = 300;
    private const int Suppressed = 2_000;

    private static readonly string[] CustomerOrders = ["created_at", "-created_at", "updated_at", "-updated_at", "source_id", "-source_id"];
    private static readonly string[] Orders = ["created_at", "-created_at", "updated_at", "-updated_at"];

    public string Name => deployment == Deployment.Embedded ? "lists" : "pg-every-list";

    public string What => "every list by every filter in every order, near and far pages, and the estimate of an audience of all customers";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(deployment);
        await shop.FillAsync(options.Customers);
        var paths = await FillAsync(shop, options.Customers);
        List<Figure> figures = [.. await AskAsync(shop, paths, "")];
        if (shop.Engine.Database is { } database)
        {
            await shop.Cluster.StartAgainAsync(() => database.RunAsync(
                """
                DELETE FROM pg_statistic WHERE starelid IN ('customers'::regclass, 'memberships'::regclass, 'messages'::regclass, 'orders'::regclass, 'suppressions'::regclass, 'outcomes'::regclass);
                UPDATE pg_class SET reltuples = -1, relallvisible = 0 WHERE relname IN ('customers', 'memberships', 'messages', 'orders', 'suppressions', 'outcomes')
                """));
            figures.AddRange(await AskAsync(shop, paths, ", no statistics"));
        }

        return figures;
    }

    private static async Task<List<string>> FillAsync(Shop shop, int customers)
    {
        var all = await shop.EverybodyAsync();
        var half = await shop.SegmentAsync("half", "metadata.plan", "$is", "gold");

        // The first third by time, or near it: a page that begins with the newest meets none of them for long.
        var old = await shop.SegmentAsync("old", "source_id", "$starts_with", "c-1");
        foreach (var segment in (string[])[half, old])
        {
            await shop.SyncedAsync(segment);
        }

        for (var i = 0; i < Changed; i++)
        {
            await shop.Engine.Http.PutAsJsonAsync($"/v1/customers/c-{i * 7}", new { description = "changed" });
        }

        foreach (var part in Enumerable.Range(0, Suppressed).Chunk(50))
        {
            await Task.WhenAll(part.Select(i => shop.Engine.Shop.PostAsync("/v1/suppressions", new { channel = "email", address = $"c{i * 3}@example.com" })));
        }

        await shop.Engine.Shop.PostAsync("/v1/orders/import", Enumerable.Range(0, 2_000).Select(i => new { source_id = $"o-{i}", amount = 100, status = "PAID", customer = new { source_id = $"c-{i}" } }));
        var sent = await shop.SendAsync("sent", half, ManualScenario.Discard);
        await shop.SentAsync(sent);
        var draft = await shop.Engine.Shop.DraftAsync(new
        {
            name = "estimated",
            type = "manual",
            audience = new { segment_id = all },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = "Hi", html = "<p>x</p>" } } },
        });
        var middle = (await shop.Engine.Shop.GetAsync($"/v1/customers/c-{customers / 2}")).GetProperty("created_at").GetString();
        string[] filters =
        [
            "", "name=Customer 77", "city=Oslo", "city=Lodz", "city=Nowhere", "email=c77@example.com", $"segment_id={all}", $"segment_id={half}", $"segment_id={old}",
            $"created_at[after]={middle}", $"created_at[before]={middle}", "updated_at[after]=2020-01-01", "updated_at[before]=2099-01-01",
            $"city=Lodz&created_at[before]={middle}", $"name=Customer 77&city=Oslo&created_at[before]={middle}", $"segment_id={half}&city=Lodz",
            $"created_at[before]={middle}&updated_at[after]=2020-01-01",
        ];
        List<string> paths =
        [
            .. from filter in filters
               from order in CustomerOrders
               from page in (string[])["limit=20", "limit=100&page=99"]
               select $"/v1/customers?{filter}&order={order}&{page}",
            .. from order in Orders from page in (string[])["limit=20", "limit=100&page=20"] select $"/v1/orders?order={order}&{page}",
            .. from filter in (string[])["", "channel=email", "address=c3@example.com", "channel=email&address=c3@example.com"] select $"/v1/suppressions?{filter}&limit=100",
            "/v1/segments", $"/v1/segments?ids[0]={half}", "/v1/distributions", "/v1/distributions?status=sent&channel=discard&order=-updated_at&text=sent",
            .. from filter in (string[])["", "status=queued", "status=sent", "status=failed", "channel=discard", "channel=email", "status=sent&channel=discard", "customer=c-100"]
               select $"/v1/distributions/{sent}/messages?{filter}&limit=100",
            .. from filter in (string[])["", "&type=message.sent", "&type=message.failed", "&type=distribution.activated"]
               from order in (string[])["created_at", "-created_at", "recorded"]
               select $"/v1/distributions/{sent}/activity?order={order}{filter}",
            .. from order in (string[])["created_at", "-created_at"] select $"/v1/customers/c-100/activity?order={order}",
            $"/v1/distributions/{draft}/audience",
        ];
        return paths;
    }

    // The last of a few times: whoever looks is not the first. Beside it what all processes have worked meanwhile, which says more on a machine that others keep busy.
    private static async Task<IReadOnlyList<Figure>> AskAsync(Shop shop, List<string> paths, string how)
    {
        var took = new Dictionary<string, (double Milliseconds, double Processor)>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var path in paths)
            {
                var worked = Worked(shop);
                var start = Stopwatch.GetTimestamp();
                using var response = await shop.Engine.Http.GetAsync(path);
                took[path] = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Worked(shop) - worked).TotalMilliseconds);
                if (!response.IsSuccessStatusCode)
                {
                    throw new JsonException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
            }
        }

        var most = MostMilliseconds.ToString("N0", CultureInfo.InvariantCulture);
        var slow = took.Values.Count(list => list.Milliseconds > MostMilliseconds);
        return
        [
            new Figure($"lists asked{how}", paths.Count, ""),
            new Figure($"of them slower than {most} ms{how}", slow, "", 0),
            new Figure($"of them with more than {most} ms of processor{how}", took.Values.Count(list => list.Processor > MostMilliseconds), "", 0),
            new Figure($"estimate of an audience{how}", took[paths[^1]].Milliseconds, "ms", MostMilliseconds),
            .. took.OrderByDescending(path => path.Value.Milliseconds).Take(Math.Max(Slowest, slow))
                .Select(path => new Figure($"{path.Key}{how}", path.Value.Milliseconds, "ms", MostMilliseconds, "its processor time", path.Value.Processor)),
        ];
    }

    private static TimeSpan Worked(Shop shop) => shop.Engine.ProcessorTime + shop.Engine.DatabaseTime;
}
