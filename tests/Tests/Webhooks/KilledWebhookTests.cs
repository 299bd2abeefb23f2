using Marketing.Testing;
using Xunit;

namespace Marketing.Webhooks;

/// <summary>A process that dies owing something.</summary>
public sealed class KilledWebhookTests
{
    private const int Customers = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_was_owed_is_posted_by_the_next_process_under_the_same_ids()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Always(SinkAnswer.Hang);
        await using var engine = new EngineProcess(new Dictionary<string, string> { ["Distributions:Webhooks:AllowPrivateNetworks"] = "true" });
        await engine.StartAsync();
        var webhook = await engine.Shop.PostAsync("/v1/webhooks", new { target_url = sink.Url, events = new[] { "customer.created" } });
        for (var customer = 0; customer < Customers; customer++)
        {
            await engine.Shop.PostAsync("/v1/customers", new { source_id = $"c-{customer}" });
        }

        await sink.WaitForAsync(1, Patience);
        await engine.KillAsync();
        string[] begun = [.. sink.Ledger.Keys];
        sink.Always(SinkAnswer.Ok);
        await engine.StartAsync();

        var log = $"/v1/webhooks/{webhook.GetProperty("id")}/sendouts?limit=100";
        var posted = await engine.Shop.UntilAsync($"{log}&status=succeeded", list => list.GetProperty("total").GetInt32() == Customers, Patience);
        string[] ids = [.. posted.GetProperty("data").EnumerateArray().Select(sendout => sendout.GetProperty("id").GetString()!)];
        Assert.Equal(ids.Order(), sink.Ledger.Keys.Order());
        Assert.NotEmpty(begun);
        Assert.All(begun, id => Assert.True(sink.Ledger[id] > 1, id));
        Assert.Equal(Customers, (await engine.Shop.GetAsync(log)).GetProperty("total").GetInt32());
    }
}
