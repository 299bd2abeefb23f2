using Marketing.Behaviour;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Manual distributions: the countdown and what may happen during it. Each test moves its own clock.</summary>
public sealed class ManualTests : IAsyncLifetime
{
    private static readonly TimeSpan Countdown = TimeSpan.FromMinutes(10);

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task It_leaves_ten_minutes_after_it_was_activated()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenDistributionAsync(_shop.ToCustomer("ann"));
        var due = _engine.Now + Countdown;

        var activated = await _shop.ActivateAsync(news);
        Assert.Equal((DistributionStatuses.Scheduled, due), (activated.Status, activated.SendsAt));
        Assert.Equal(due, (await _shop.ActivateAsync(news)).SendsAt);

        _engine.Pass(Countdown - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await _shop.CountsAsync(news)).Audience);
        _engine.Pass(TimeSpan.FromSeconds(1));

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(1, (await _shop.SettledAsync(news, 1)).Sent);
        Assert.Equal(["ann"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task A_customer_can_be_named_by_the_shops_own_id()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("source-ann"));
        _engine.Pass(Countdown);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["ann"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task An_edit_during_the_countdown_applies_to_what_is_sent()
    {
        await _shop.GivenCustomersAsync(2);
        var draft = _shop.ToCustomer("c0");
        var news = await _shop.GivenActiveAsync(draft);
        var due = (await _shop.FindAsync(news)).SendsAt;

        _engine.Pass(TimeSpan.FromMinutes(9));
        var edited = await _shop.EditAsync(news, draft with
        {
            Audience = new AudienceDefinition { Customer = "c1" },
            Channels = [Shop.Through("test", "Edited")],
        });
        Assert.Equal(due, edited.SendsAt);
        _engine.Pass(TimeSpan.FromMinutes(1));

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        var sent = Assert.Single(_shop.Received(news));
        Assert.Equal(("c1", "Edited"), (sent.Recipient.Id, sent.Channel.Template!.Text));
    }

    [Fact]
    public async Task Stopped_during_the_countdown_it_sends_nothing()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        var control = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));

        Assert.Equal(DistributionStatuses.Stopped, (await _shop.StopAsync(news)).Status);
        _engine.Pass(Countdown + Countdown);
        await _shop.IsAsync(control, DistributionStatuses.Sent);

        Assert.Equal(DistributionStatuses.Stopped, await _shop.StatusAsync(news));
        Assert.Equal(0, (await _shop.CountsAsync(news)).Audience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Paused_during_the_countdown_it_waits_and_goes_on_with_what_was_left(bool restarts)
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        var control = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        _engine.Pass(TimeSpan.FromMinutes(7));
        await _shop.PauseAsync(news);
        _engine.Pass(Countdown);
        await _shop.IsAsync(control, DistributionStatuses.Sent);
        if (restarts)
        {
            await _engine.KillAsync();
            await _engine.StartAgainAsync();
        }

        Assert.Equal((DistributionStatuses.Paused, null), await _shop.FindAsync(news) is var paused ? (paused.Status, paused.SendsAt) : default);
        var due = _engine.Now + TimeSpan.FromMinutes(3);
        var resumed = await _shop.ResumeAsync(news);
        Assert.Equal((DistributionStatuses.Scheduled, due), (resumed.Status, resumed.SendsAt));
        _engine.Pass(TimeSpan.FromMinutes(1));
        await _shop.PauseAsync(news);
        due = _engine.Now + TimeSpan.FromMinutes(2);
        Assert.Equal(due, (await _shop.ResumeAsync(news)).SendsAt);
        _engine.Pass(TimeSpan.FromMinutes(2));

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["ann"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task The_audience_is_the_membership_when_the_countdown_ends()
    {
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        await _shop.GivenCustomerAsync("ann", "gold");
        await _shop.GivenCustomerAsync("bob", "gold");
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        await _shop.PutOnPlanAsync("bob", "silver");
        await _shop.GivenCustomerAsync("cid", "gold");

        _engine.Pass(Countdown);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        await _shop.GivenCustomerAsync("dan", "gold");

        Assert.Equal(["ann", "cid"], await _shop.ReceiversWhenSettledAsync(news, 2));
    }

    [Fact]
    public async Task It_waits_for_its_segment_before_it_counts_down()
    {
        await _shop.GivenCustomersAsync(500, "gold");
        var gold = await _shop.CreateSegmentAsync(FilterTexts.Plan("gold"));
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));

        await _shop.SyncedAsync(gold);
        await _shop.IsAsync(news, DistributionStatuses.Scheduled);
        Assert.True((await _shop.FindAsync(news)).SendsAt > _engine.Now);
        _engine.Pass(Countdown);

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(500, (await _shop.SettledAsync(news, 500)).Sent);
    }

    [Fact]
    public async Task It_is_sent_only_when_nothing_is_on_its_way_any_more()
    {
        await _shop.GivenCustomersAsync(10, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        _engine.Channel.Waits = [TimeSpan.FromHours(1)];
        _engine.Channel.Answer(_shop, "c3", new Channels.DeliveryOutcome.TemporaryFailure("busy"));
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        _engine.Pass(Countdown);

        await _shop.CountAsync(news, counts => counts is { Sent: 9, Retrying: 1 });
        Assert.Equal(DistributionStatuses.Sending, await _shop.StatusAsync(news));
        _engine.Pass(TimeSpan.FromHours(1));

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal((10, 1), await _shop.SettledAsync(news, 10) is var counts ? (counts.Sent, counts.Recovered) : default);
    }

    [Fact]
    public async Task An_empty_segment_is_sent_to_nobody()
    {
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        _engine.Pass(Countdown);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(0, (await _shop.CountsAsync(news)).Audience);
        Assert.IsType<DistributionResult.Refused>(await _shop.Distribution(news).ActivateAsync());
        Assert.IsType<DistributionResult.Refused>(await _shop.Distribution(news).StopAsync());
    }

    [Fact]
    public async Task A_countdown_goes_on_over_a_restart()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        var due = (await _shop.FindAsync(news)).SendsAt;
        _engine.Pass(TimeSpan.FromMinutes(4));

        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        Assert.Equal((DistributionStatuses.Scheduled, due), await _shop.FindAsync(news) is var found ? (found.Status, found.SendsAt) : default);
        _engine.Pass(TimeSpan.FromMinutes(6));

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["ann"], _shop.ReceiversOf(news));
    }

    [Fact]
    public async Task A_countdown_that_ends_while_the_engine_is_down_ends_when_it_is_back()
    {
        await _shop.GivenCustomerAsync("ann");
        var news = await _shop.GivenActiveAsync(_shop.ToCustomer("ann"));
        await _engine.StopAsync();
        _engine.Pass(Countdown + Countdown);
        await _engine.StartAgainAsync();

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(["ann"], _shop.ReceiversOf(news));
    }
}
