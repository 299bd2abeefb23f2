using System.Diagnostics;
using Marketing.Bench.Deployments;
using Marketing.Bench.Yardsticks;

namespace Marketing.Bench.Scenarios;

internal sealed class WebhookScenario(Deployment deployment) : IScenario
{
    private const int Webhooks = 300_000;
    private const int Connections = 64;

    // Both sides are for the most part what the kernel does, which on a shared machine takes half as long again in one minute as in the next.
    private const int Rounds = 3;

    public string Name => deployment == Deployment.Embedded ? "webhooks" : "pg-webhooks";

    public string What => "signed webhooks to all members of a segment, into an HTTP sink, beside a bare loop over one HttpClient into the same";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var shop = await Shop.OpenAsync(deployment, new Dictionary<string, string> { ["Distributions:Webhooks:AllowPrivateNetworks"] = "true" });
        await shop.ImportCustomersAsync(Webhooks);
        var segment = await shop.EverybodyAsync();

        var bare = new BareWebhooks(receiver.Url, Connections, Webhooks);
        await bare.MeasureAsync();
        await SendAsync(shop, segment, receiver.Url);

        var took = TimeSpan.Zero;
        IReadOnlyList<Figure> used = [];
        var beside = await bare.AroundAsync(Rounds, async () =>
        {
            var effort = await Effort.StartAsync(shop.Engine);
            var watch = Stopwatch.StartNew();
            await SendAsync(shop, segment, receiver.Url);
            took += watch.Elapsed;
            used = await effort.StopAsync(Webhooks, "a webhook");
        });
        return
        [
            new Figure("webhooks, durable", Rounds * Webhooks / took.TotalSeconds, "/s", null, bare.Name, beside,
                deployment == Deployment.Embedded ? null : new Goal("webhooks, signed, durable", "≥ 0.4 ×", "≥ 0.7 ×")),
            .. used,
            shop.PeakMemory("posting"),
        ];
    }

    private static async Task SendAsync(Shop shop, string segment, Uri url) =>
        await shop.CountedAsync(await shop.MembersAsync(segment, "PT0S", new { type = "webhook", template = new { event_name = "hello", target_url = url } }), "sent", Webhooks);
}
