using System.Net.Http.Json;
using Marketing.Observability;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>What an operator sees of several processes.</summary>
public sealed class ObservedTests : ClusterTest
{
    private const string AdminKey = "open sesame";
    private const string Dashboard = "/admin/dashboard/";

    [Fact]
    public async Task A_callers_trace_goes_through_the_api_into_the_silo_and_the_request_id_on_to_the_hand_off()
    {
        await using var collector = await HttpSink.StartAsync();
        await StartAsync(silos: 1, apis: 1, settings:
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"{collector.Url}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
        ]);
        await Cluster.Shop.DistributionAsync(OnVisit());
        var (trace, caller) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
        using var visit = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = JsonContent.Create(new { @event = "visit", customer = new { source_id = "ann" } }) };
        visit.Headers.Add("traceparent", $"00-{trace}-{caller}-01");
        using var answer = await Cluster.Apis[0].Http.SendAsync(visit, Cancelled);
        var request = answer.EnsureSuccessStatusCode().Headers.GetValues("X-Request-Id").Single();
        await Work.Hooks.WaitForAsync(1, TimeSpan.FromSeconds(10));
        List<OtlpSpan> spans = [];
        await Wait.UntilAsync(
            () => (spans = OtlpSpan.ReadAll(collector)).Any(span => span.Name == EngineTraces.HandOffMessage) && spans.Any(IsCommit) && spans.Any(IsRequest),
            TimeSpan.FromSeconds(10),
            () => $"The collector has only {string.Join(", ", spans.Select(span => $"{span.Service}: {span.Name}"))}");

        // From the commit in the silo up to the call of whoever asked.
        var way = new List<OtlpSpan> { Assert.Single(spans, IsCommit) };
        while (spans.FirstOrDefault(span => span.Id == way[^1].Parent) is { } parent)
        {
            way.Add(parent);
        }

        Assert.All(way, span => Assert.Equal(trace, span.Trace));
        Assert.Equal(("Distributions.Silo", "Distributions.Api", caller), (way[0].Service, way[^1].Service, way[^1].Parent));
        Assert.Equal((request, true), (way[^1].Tags[EngineTraces.RequestId], IsRequest(way[^1])));

        // The message may lie for weeks, so its hand-off is a trace of its own.
        var message = Assert.Single(spans, span => span.Name == EngineTraces.HandOffMessage);
        Assert.Equal(("Distributions.Silo", request), (message.Service, message.Tags[EngineTraces.RequestId]));
        Assert.NotEqual(trace, message.Trace);

        await SeesMetricsAsync(collector);

        bool IsCommit(OtlpSpan span) => span.Name == EngineTraces.Commit && span.Trace == trace;
        bool IsRequest(OtlpSpan span) => span.Name.StartsWith("POST /v1/events", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dashboard_of_a_silo_opens_with_the_key_only()
    {
        await StartAsync(silos: 1, apis: 1, settings: ("Distributions:Admin:Key", AdminKey));
        foreach (var host in Cluster.Hosts)
        {
            Assert.Equal((host.Name, 401, 401), (host.Name, await host.AskAsync(Dashboard), await host.AskAsync($"{Dashboard}DashboardCounters")));
            host.Http.DefaultRequestHeaders.Add("X-Admin-Key", AdminKey);
            Assert.Equal((host.Name, 200, 200), (host.Name, await host.AskAsync(Dashboard), await host.AskAsync($"{Dashboard}DashboardCounters")));
        }
    }

    // Scraped and sent, each process its own part.
    private async Task SeesMetricsAsync(HttpSink collector)
    {
        var (api, silo) = (await ScrapeAsync(Cluster.Apis[0]), await ScrapeAsync(Cluster.Silos[0]));
        Assert.Matches("(?m)^http_server_request_duration_seconds_count\\{.*http_route=\"/v1/events/\".*\\} 1\\b", api);
        Assert.DoesNotMatch("(?m)^distributions_events_accepted_total", api);
        Assert.Matches("(?m)^distributions_events_accepted_total\\{.*\\} 1\\b", silo);
        foreach (var (service, metric) in ((string, string)[])[("Distributions.Api", "http.server.request.duration"), ("Distributions.Silo", "distributions.events.accepted")])
        {
            // What was scraped already is sent at the next interval.
            await Wait.UntilAsync(
                () => collector.Requests.Any(sent => sent.Path.EndsWith("/v1/metrics", StringComparison.Ordinal)
                    && sent.Text.Contains(service, StringComparison.Ordinal) && sent.Text.Contains(metric, StringComparison.Ordinal)),
                TimeSpan.FromSeconds(10),
                () => $"{service} has not sent {metric}");
        }
    }

    private static Task<string> ScrapeAsync(EngineHost host) => host.Http.GetStringAsync("/metrics", Cancelled);

    private object OnVisit() => new
    {
        name = "On visit",
        type = "automatic",
        trigger = new { type = "customer.custom_event", custom_event = "visit" },
        action = new { type = "plain_message" },
        channels = new[] { new { type = "webhook", template = new { event_name = "visited", target_url = $"{Work.Hooks.Url}visits" } } },
    };
}
