using System.Diagnostics;
using System.Globalization;
using Marketing.Bench.Deployments;
using Marketing.Testing;

namespace Marketing.Bench.Scenarios;

/// <summary>A hundred receivers of webhooks, of which twenty stop answering and twenty answer 429: what the others get in a second.</summary>
internal sealed class IllReceiversScenario : IScenario
{
    private const int Receivers = 100;
    private const int Healthy = 60;
    private const int Silent = 20;
    private const int Events = 1_000;
    private const int InFlight = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public string Name => "pg-ill-receivers";

    public string What => "webhooks to 60 receivers that answer, while 20 never answer and 20 answer 429, beside the same while all hundred answer";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options) =>
    [
        .. await MeasureAsync("webhooks of distributions to who answers", static (shop, at, url) => shop.DistributionAsync(new
        {
            name = string.Create(CultureInfo.InvariantCulture, $"receiver {at}"),
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = EventScene.Event },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "webhook", template = new { event_name = "visited", target_url = url } } },
        })),
        .. await MeasureAsync("webhooks of the project to who answers", static (shop, _, url) => shop.Engine.Shop.PostAsync("/v1/webhooks", new { target_url = url, events = new[] { "customer.custom_event" } })),
    ];

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string what, Func<Shop, int, Uri, Task> listen)
    {
        await using var receivers = await ManyReceivers.StartAsync(Receivers);
        await using var shop = await Shop.OpenAsync(Deployment.Cluster, new Dictionary<string, string> { ["Distributions:Webhooks:AllowPrivateNetworks"] = "true" });
        foreach (var (at, url) in receivers.Urls.Index())
        {
            await listen(shop, at, url);
        }

        var events = new HttpEvents(shop.Engine.Http);
        await RateAsync(receivers, events);
        var all = await RateAsync(receivers, events);
        (receivers.IllFrom, receivers.Silent) = (Healthy, Silent);
        var falling = await RateAsync(receivers, events);
        var ill = await RateAsync(receivers, events);
        return
        [
            new Figure($"{what}, when the others fall ill", falling, "/s", null, "while all answer", all),
            new Figure($"{what}, while they are", ill, "/s", null, "while all answer", all, new Goal($"{what}, 40 of 100 ill", "≥ 0.95 ×", "≥ 1.0 ×")),
        ];
    }

    private static async Task<double> RateAsync(ManyReceivers receivers, HttpEvents events)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        var arrived = receivers.WaitForAsync(Healthy, Events, Patience);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < Events; number = Interlocked.Increment(ref next))
            {
                await events.PostAsync(number);
            }
        })));
        await arrived;
        return Healthy * Events / watch.Elapsed.TotalSeconds;
    }
}
