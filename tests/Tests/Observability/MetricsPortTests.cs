using Marketing.Api;
using Marketing.Testing;
using Xunit;

namespace Marketing.Observability;

/// <summary>Metrics on a port of their own.</summary>
public sealed class MetricsPortTests(MetricsPortTests.Host api) : IClassFixture<MetricsPortTests.Host>
{
    [Fact]
    public async Task The_port_serves_metrics_to_whoever_reaches_it_and_nothing_else_but_health()
    {
        using var scraper = new ApiClient(new Uri($"http://127.0.0.1:{api.Port}"), ("X-Forwarded-For", "203.0.113.9"));
        var page = await scraper.GetAsync("/metrics");
        Assert.Equal(200, page.Status);
        Assert.Contains("distributions_", page.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await scraper.GetAsync("/health/ready")).Status);

        using var shop = await api.NewProjectAsync();
        var keys = (("X-App-Id", shop.ServerKey.AppId), ("X-App-Token", shop.ServerKey.AppToken));
        Assert.Equal(404, (await scraper.SendAsync("GET", "/v1/customers", (string?)null, keys.Item1, keys.Item2)).Status);
        Assert.Equal(404, (await scraper.GetAsync("/docs")).Status);
    }

    [Fact]
    public async Task The_main_listener_has_none_then_whatever_host_the_caller_claims()
    {
        using var local = api.Anonymous();
        using var operators = api.Management();
        Assert.Equal(404, (await local.SendAsync("GET", "/metrics", (string?)null, ("Host", $"127.0.0.1:{api.Port}"))).Status);
        Assert.Equal(404, (await operators.GetAsync("/metrics")).Status);
        Assert.NotEqual(api.Port, api.Address.Port);
    }

    public sealed class Host : ApiHost
    {
        public int Port { get; } = FreePort.Next();

        protected override IEnumerable<string> Arguments => [$"--Distributions:Metrics:Port={Port}"];
    }
}
