using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Marketing.Bench;

internal sealed class EventsScenario : IScenario
{
    private const int Customers = 10_000;
    private const int Segments = 100;
    private const int Distributions = 1_000;
    private const int InFlight = 128;

    public string Name => "events";

    public string What => "custom events over HTTP, one per POST, durable before the answer; 100 segments, 1,000 live distributions of which one matches";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.ImportCustomersAsync(Customers);
        for (var i = 0; i < Segments; i++)
        {
            await shop.SegmentAsync($"segment {i}", i % 2 == 0 ? "metadata.score" : $"events.visit-{i}.count", "$more_than", i.ToString(CultureInfo.InvariantCulture));
        }

        await Parallel.ForAsync(0, Distributions, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) => await shop.DistributionAsync(new
        {
            name = $"distribution {i}",
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = i == 0 ? "visit" : $"other-{i}" },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "discard" } },
        }));

        await LoadAsync(shop, TimeSpan.FromSeconds(20), new Latencies());
        var latencies = new Latencies();
        var processor = shop.Engine.ProcessorTime;
        var rate = await LoadAsync(shop, TimeSpan.FromSeconds(options.Seconds), latencies);
        processor = shop.Engine.ProcessorTime - processor;
        return
        [
            new Figure("events accepted", rate, "/s", 6_000),
            new Figure("processor time an event, sending included", processor.TotalMicroseconds / (rate * options.Seconds), "us"),
            new Figure("p50 of an answer", latencies.Percentile(0.50), "ms"),
            new Figure("p99 of an answer", latencies.Percentile(0.99), "ms"),
            shop.PeakMemory("taking events"),
        ];
    }

    private static async Task<double> LoadAsync(Shop shop, TimeSpan length, Latencies latencies)
    {
        var watch = Stopwatch.StartNew();
        var next = 0;
        var accepted = 0;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < length)
            {
                var customer = Interlocked.Increment(ref next) % Customers;
                using var body = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{\"event\":\"visit\",\"customer\":{{\"source_id\":\"c-{customer}\"}},\"metadata\":{{\"page\":\"home\"}}}}"));
                body.Headers.ContentType = new("application/json");
                var start = Stopwatch.GetTimestamp();
                using var response = await shop.Engine.Http.PostAsync("/v1/events", body);
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    throw new HttpRequestException(await response.Content.ReadAsStringAsync());
                }

                latencies.Add(Stopwatch.GetElapsedTime(start));
                Interlocked.Increment(ref accepted);
            }
        })));
        return accepted / watch.Elapsed.TotalSeconds;
    }
}
