using System.Globalization;
using System.Text;
using Xunit;

namespace Marketing.Observability;

/// <summary>What a scraper gets, and who may scrape.</summary>
[Collection(ObservedApiTests.Name)]
public sealed class MetricsApiTests(ObservedApiHost api)
{
    private static readonly (string, string) FromElsewhere = ("X-Forwarded-For", "203.0.113.9");

    [Fact]
    public async Task The_page_counts_an_event_and_the_message_it_leads_to()
    {
        using var shop = await api.NewProjectAsync();
        var visits = await Distributions.GoLiveAsync(shop);
        var before = await ScrapeAsync();

        (await shop.PostAsync("/v1/events", """{"event":"visit","customer":{"source_id":"ann@example.com","email":"ann@example.com"}}""")).Ok();
        await Distributions.SentAsync(shop, visits, 1);
        var after = await ScrapeAsync();

        Assert.Equal(1, Added("distributions_events_accepted_total", "event_type=\"customer.custom_event\""));
        Assert.Equal(1, Added("distributions_messages_handoffs_total", "channel=\"discard\"", "outcome=\"sent\""));
        Assert.Equal(1, Added("distributions_messages_lateness_seconds_count", "channel=\"discard\""));

        // The event, the mark before the hand-off and the outcome.
        Assert.Equal(3, Added("distributions_commits_total", "outcome=\"durable\""));
        Assert.Contains("orleans_", after, StringComparison.Ordinal);
        Assert.Contains("dotnet_", after, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds", after, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.com", after, StringComparison.Ordinal);

        double Added(string name, params string[] tags) => Value(after, name, tags) - Value(before, name, tags);
    }

    [Fact]
    public async Task A_stranger_is_refused_and_the_operator_is_not()
    {
        using var anybody = api.Anonymous();
        using var operators = api.Management();
        var refused = await anybody.SendAsync("GET", "/metrics", (string?)null, FromElsewhere);
        Assert.Equal(401, refused.Status);
        Assert.DoesNotContain("distributions_", refused.Text, StringComparison.Ordinal);
        Assert.Equal(401, (await anybody.SendAsync("GET", "/metrics", (string?)null, FromElsewhere, Basic(api.ManagementKey.AppId, "wrong"))).Status);

        Assert.Equal(200, (await operators.SendAsync("GET", "/metrics", (string?)null, FromElsewhere)).Status);
        Assert.Equal(200, (await anybody.SendAsync("GET", "/metrics", (string?)null, FromElsewhere, Basic(api.ManagementKey.AppId, api.ManagementKey.AppToken))).Status);
        Assert.Equal(200, (await anybody.GetAsync("/metrics")).Status);
    }

    [Fact]
    public async Task A_shops_own_key_does_not_open_it()
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(401, (await shop.SendAsync("GET", "/metrics", (string?)null, FromElsewhere, Basic(shop.ServerKey.AppId, shop.ServerKey.AppToken))).Status);
    }

    internal static (string, string) Basic(string user, string password) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}");

    private async Task<string> ScrapeAsync()
    {
        using var local = api.Anonymous();

        // Readiness goes through the writer, so everything that is durable has been counted when it answers.
        Assert.Equal(200, (await local.GetAsync("/health/ready")).Status);
        var page = await local.GetAsync("/metrics");
        Assert.Equal(200, page.Status);
        return page.Text;
    }

    private static double Value(string page, string name, params string[] tags) => page.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && tags.All(tag => line.Contains(tag, StringComparison.Ordinal)))
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
