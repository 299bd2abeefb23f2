using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Projects;
using Xunit;

namespace Marketing.Distributions;

/// <summary>How many messages a customer gets. Each test moves its own clock.</summary>
public sealed class FrequencyCapTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync(("Distributions:ManualDelay", "00:00:00"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_customer_gets_as_many_as_the_cap_says_until_the_time_has_moved_on()
    {
        await CapAsync(new FrequencyCap(null, 2, TimeSpan.FromHours(24)));
        await _shop.GivenCustomersAsync(2);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        for (var sent = 1; sent <= 3; sent++)
        {
            await _shop.TrackAsync("c0", "visit");
            await _shop.SettledAsync(visits, sent);
        }

        await _shop.TrackAsync("c1", "visit");
        var counts = await _shop.SettledAsync(visits, 4);
        Assert.Equal((3, 1), (counts.Sent, counts.Skipped));
        Assert.Equal("frequency_cap", Assert.Single(await _shop.MessagesAsync(visits), message => message.Status == "skipped").Reason);

        _engine.Pass(TimeSpan.FromHours(25));
        await _shop.TrackAsync("c0", "visit");
        Assert.Equal(4, (await _shop.SettledAsync(visits, 5)).Sent);
    }

    [Fact]
    public async Task Several_caps_hold_at_once_over_all_distributions_and_a_restart()
    {
        await CapAsync(new FrequencyCap("test", 1, TimeSpan.FromHours(1)), new FrequencyCap(null, 2, TimeSpan.FromDays(7)));
        await _shop.GivenCustomerAsync("ann");
        var first = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        var other = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(first, 1)).Sent + (await _shop.SettledAsync(other, 1)).Sent);

        _engine.Pass(TimeSpan.FromHours(2));
        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(2, (await _shop.SettledAsync(first, 2)).Sent + (await _shop.SettledAsync(other, 2)).Sent);

        _engine.Pass(TimeSpan.FromHours(2));
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(2, (await _shop.SettledAsync(first, 3)).Sent + (await _shop.SettledAsync(other, 3)).Sent);
    }

    [Fact]
    public async Task Customers_who_wait_for_it_get_it_and_machines_are_not_counted()
    {
        await CapAsync(new FrequencyCap(null, 1, TimeSpan.FromDays(1)));
        await _shop.GivenCustomerAsync("ann");
        var confirmation = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Transactional = true });
        var hook = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Channels = [Shop.Through("hook")] });
        var news = await _shop.GivenActiveAsync(_shop.OnEvent("news"));
        await _shop.TrackAsync("ann", "visit");
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal((2, 2), ((await _shop.SettledAsync(confirmation, 2)).Sent, (await _shop.SettledAsync(hook, 2)).Sent));
        await _shop.TrackAsync("ann", "news");
        Assert.Equal(1, (await _shop.SettledAsync(news, 1)).Sent);
    }

    [Fact]
    public async Task What_came_to_nothing_does_not_count()
    {
        await CapAsync(new FrequencyCap(null, 1, TimeSpan.FromDays(1)));
        await _shop.GivenCustomerAsync("ann");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        _engine.Channel.Answer(_shop, "ann", new DeliveryOutcome.PermanentFailure("no such mailbox"));
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Failed);

        _engine.Channel.Answer(_shop, "ann", DeliveryOutcome.NotBegun.Instance, DeliveryOutcome.NotBegun.Instance);
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(visits, 2)).Sent);
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(visits, 3)).Skipped);

        // What failed is owed by then, and is too much.
        Assert.Equal(1, await _shop.Distribution(visits).RetryFailedAsync(null));
        var counts = await _shop.SettledAsync(visits, 3);
        Assert.Equal((1, 2), (counts.Sent, counts.Skipped));
    }

    [Fact]
    public async Task An_attempt_that_is_made_again_counts_once()
    {
        await CapAsync(new FrequencyCap(null, 2, TimeSpan.FromDays(1)));
        await _shop.GivenCustomerAsync("ann");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        _engine.Channel.Answer(_shop, "ann", new DeliveryOutcome.TemporaryFailure("later"), new DeliveryOutcome.TemporaryFailure("later"));
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Recovered);
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(2, (await _shop.SettledAsync(visits, 2)).Sent);
    }

    [Fact]
    public async Task The_estimate_knows_who_has_had_enough()
    {
        await CapAsync(new FrequencyCap("test", 1, TimeSpan.FromDays(1)));
        await _shop.GivenCustomersAsync(5);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("c1", "visit");
        await _shop.TrackAsync("c3", "visit");
        await _shop.SettledAsync(visits, 2);
        var news = await _shop.GivenDistributionAsync(_shop.ToSegment(await _shop.GivenSegmentAsync(FilterTexts.Everybody)));
        var estimate = (await _shop.Distribution(news).EstimateAudienceAsync(TestContext.Current.CancellationToken))!.Channels["test"];
        Assert.Equal((3, 2), (estimate.Reachable, estimate.Skipped["frequency_cap"]));
        await _shop.ActivateAsync(news);
        var counts = await _shop.SettledAsync(news, 5);
        Assert.Equal((3, 2), (counts.Sent, counts.Skipped));
    }

    private async Task CapAsync(params FrequencyCap[] caps)
    {
        var directory = _engine.Grains.ProjectDirectory;
        var project = (await directory.FindAsync(_shop.ProjectId))!;
        await directory.UpdateAsync(_shop.ProjectId, project.Settings with { FrequencyCaps = caps });
    }
}
