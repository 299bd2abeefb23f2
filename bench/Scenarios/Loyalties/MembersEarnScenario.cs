using System.Globalization;
using System.Net;
using System.Text;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>Members earn from what they pay.</summary>
internal sealed class MembersEarnScenario : IScenario
{
    private const int MostMembers = 100_000;
    private const int InFlight = 64;
    private const int EachOrder = 2;

    // Each customer may order again, so an order is known by the run as well.
    private int _run;

    public string Name => "members-earn";

    public string What => "paid orders of members over HTTP, durable: two earning rules and three tiers, 100,000 members; beside orders of a shop without a programme and events";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        var members = Math.Min(options.Customers, MostMembers);
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        await shop.FillAsync(members);
        var (length, warmUp) = (TimeSpan.FromSeconds(options.Seconds), TimeSpan.FromSeconds(Math.Min(10, options.Seconds)));
        await OrderAsync(shop, members, warmUp);
        var plain = await OrderAsync(shop, members, length);

        await LoyaltyScene.MakeProgramAsync(shop);
        await LoyaltyScene.JoinAsync(shop, members, 90, "NEVER");
        var warm = await OrderAsync(shop, members, warmUp);
        var effort = await Effort.StartAsync(shop.Engine);
        var earned = await OrderAsync(shop, members, length);
        var used = await effort.StopAsync(earned.Done, "a paid order");
        var events = new HttpEvents(shop.Engine.Http);
        await new Load(InFlight, warmUp).RunAsync(events.PostAsync);
        var beside = await new Load(InFlight, length).RunAsync(events.PostAsync);

        var database = shop.Cluster.Database;
        var rewarded = await database.ValueAsync("SELECT count(*) FROM loyalty_earnings");
        if (rewarded != (warm.Done + earned.Done) * EachOrder)
        {
            throw new ViolationException($"{warm.Done + earned.Done} orders were answered and {rewarded} rewards of them are stored.");
        }

        await LoyaltyScene.RequireExactAsync(database, double.MaxValue);
        return
        [
            new Figure("paid orders of members", earned.PerSecond, "/s", 1_500, "orders without a programme", plain.PerSecond),
            new Figure("paid orders of members", earned.PerSecond, "/s", Beside: "events over HTTP", BesideValue: beside.PerSecond),
            .. earned.Latencies.ToFigures("an answer"),
            .. used,
            shop.PeakMemory("earning"),
        ];
    }

    private async Task<LoadResult> OrderAsync(Shop shop, int members, TimeSpan length)
    {
        var run = _run++;
        return await new Load(InFlight, length).RunAsync(async number =>
        {
            var json = string.Create(CultureInfo.InvariantCulture, $$$"""{"source_id":"o-{{{run}}}-{{{number}}}","status":"PAID","amount":{{{1_000 + (number % 7_000)}}},"customer":{"source_id":"c-{{{number % members}}}"}}""");
            using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            body.Headers.ContentType = new("application/json");
            using var response = await shop.Engine.Http.PostAsync("/v1/orders", body);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new HttpRequestException(await response.Content.ReadAsStringAsync());
            }
        });
    }
}
