using System.Text.Json;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>What holds once a command on a distribution was answered, for every event accepted later, by whichever process.</summary>
public sealed class CatalogueTests : ClusterTest
{
    private const int EventsARound = 20;
    private const int Rounds = 8;
    private const int MostRounds = 60;
    private const string Event = "knock";

    private int _rounds;

    [Fact]
    public async Task An_activation_or_pause_that_was_answered_holds_for_every_later_event_on_every_silo()
    {
        await StartAsync(silos: 2, apis: 2);
        var always = await AlwaysAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await RoundAsync(always);
        }

        Say($"{_rounds} rounds");
    }

    [Fact]
    public async Task It_holds_on_a_silo_that_joins_meanwhile()
    {
        await StartAsync(silos: 2, apis: 2);
        var always = await AlwaysAsync();
        await RoundAsync(always);
        var third = Cluster.AddSilo();
        Cluster.Note("silo-3 starts");
        var joining = third.StartAsync();
        for (var left = MostRounds; !joining.IsCompleted && left > 0; left--)
        {
            await RoundAsync(always);
        }

        await joining;
        Cluster.Note("silo-3 is ready");
        await RoundAsync(always);
        await RoundAsync(always);
        Say($"{_rounds} rounds");
    }

    private Task<string> AlwaysAsync() => Cluster.Shop.DistributionAsync(OnKnock("always"));

    // A new distribution starts on every event after its activation, and on none after its pause. The one that always listens says when
    // the lanes have had their chance.
    private async Task RoundAsync(string always)
    {
        var number = _rounds++;
        var (one, other) = number % 2 == 0 ? (Cluster.Apis[0], Cluster.Apis[1]) : (Cluster.Apis[1], Cluster.Apis[0]);
        var id = await one.Shop.DraftAsync(OnKnock($"round {number}"));
        await one.Shop.ActivateAsync(id);
        await KnockAsync($"{number}-active");
        Assert.Equal(EventsARound, await CountAsync(other, id, "audience"));
        await AllSentAsync(id);

        await other.Shop.PostAsync($"/v1/distributions/{id}/pause", new { });
        await KnockAsync($"{number}-paused");
        await AllSentAsync(always);
        Assert.Equal(EventsARound, await CountAsync(one, id, "sent"));
        Assert.Equal(0, await CountAsync(one, id, "sending"));
        await one.Shop.PostAsync($"/v1/distributions/{id}/stop", new { });
    }

    private async Task KnockAsync(string round) => await Task.WhenAll(Enumerable.Range(0, EventsARound).Select(number =>
        Cluster.Apis[number % Cluster.Apis.Count].Shop.PostAsync("/v1/events", new { @event = Event, customer = new { source_id = $"c-{number}" }, metadata = new { number = round } })));

    private Task<JsonElement> AllSentAsync(string id) => Cluster.Shop.UntilAsync(
        $"/v1/distributions/{id}",
        view => view.GetProperty("messages").GetProperty("sent").GetInt32() == view.GetProperty("messages").GetProperty("audience").GetInt32(),
        TimeSpan.FromSeconds(30));

    private static async Task<int> CountAsync(EngineProcess api, string id, string count) =>
        (await api.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("messages").GetProperty(count).GetInt32();

    private object OnKnock(string name) => new
    {
        name,
        type = "automatic",
        trigger = new { type = "customer.custom_event", custom_event = Event },
        action = new { type = "plain_message" },
        channels = new[] { new { type = "webhook", template = new { event_name = "knocked", target_url = $"{Work.Hooks.Url}{Uri.EscapeDataString(name)}" } } },
    };
}
