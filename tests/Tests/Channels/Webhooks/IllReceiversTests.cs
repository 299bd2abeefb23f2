using System.Diagnostics;
using Marketing.Api;
using Marketing.Connections;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Webhooks;

/// <summary>A hundred receivers of which some never answer and some ask for patience: the others do not notice.</summary>
public sealed class IllReceiversTests(PrivateNetworkApiHost api) : IClassFixture<PrivateNetworkApiHost>
{
    private const int Receivers = 100;
    private const int Healthy = 60;
    private const int Silent = 20;
    private const int Events = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // An attempt that nobody answers takes 10 s. Whoever waits for one of them takes that long; the figures are those of the bench.
    private static readonly TimeSpan NeverSo = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Webhooks_of_distributions_reach_those_who_answer_as_before()
    {
        await using var receivers = await ManyReceivers.StartAsync(Receivers);
        using var shop = await api.NewProjectAsync();
        foreach (var (at, url) in receivers.Urls.Index())
        {
            var id = await shop.NewDistributionAsync($$$"""
                {"name":"{{{at}}}","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"plain_message"},
                 "channels":[{"type":"webhook","template":{"event_name":"visited","target_url":"{{{url}}}","payload":{},"raw_payload":true}}]}
                """);
            (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        }

        await NoticeNothingAsync(shop, receivers);
    }

    [Fact]
    public async Task Webhooks_of_the_project_reach_those_who_answer_as_before()
    {
        await using var receivers = await ManyReceivers.StartAsync(Receivers);
        using var shop = await api.NewProjectAsync();
        foreach (var url in receivers.Urls)
        {
            (await shop.PostAsync("/v1/webhooks", $$"""{"target_url":"{{url}}","events":["customer.custom_event"]}""")).Ok();
        }

        await NoticeNothingAsync(shop, receivers);
    }

    private static async Task NoticeNothingAsync(ProjectClient shop, ManyReceivers receivers)
    {
        var before = await TimeAsync(shop, receivers);
        (receivers.IllFrom, receivers.Silent) = (Healthy, Silent);
        var first = await TimeAsync(shop, receivers);
        Assert.All(Enumerable.Range(Healthy, Receivers - Healthy), ill => Assert.NotEqual(0, receivers.CountOf(ill)));
        var later = await TimeAsync(shop, receivers);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Healthy * Events} to those who answer: {before} while all did, {first} and {later} while {Receivers - Healthy} were ill");
        Assert.InRange(first, TimeSpan.Zero, before + NeverSo);
        Assert.InRange(later, TimeSpan.Zero, before + NeverSo);
    }

    private static async Task<TimeSpan> TimeAsync(ProjectClient shop, ManyReceivers receivers)
    {
        var watch = Stopwatch.StartNew();
        var arrived = receivers.WaitForAsync(Healthy, Events, Patience);
        await Task.WhenAll(Enumerable.Range(0, Events).Select(async customer =>
            (await shop.PostAsync("/v1/events", $$$"""{"event":"visit","customer":{"source_id":"c{{{customer}}}"}}""")).Ok()));
        await arrived;
        return watch.Elapsed;
    }
}
