using Marketing.Behaviour;
using Xunit;

namespace Marketing.Distributions;

/// <summary>When an automatic distribution listens and when what it owes is due.</summary>
public sealed class WindowTests : IAsyncLifetime
{
    private Engine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartInTimeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Recovery_looks_at_one_that_is_live_when_its_end_comes_and_not_before()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenActiveAsync(shop.OnEvent("visit"));
        var end = _engine.Now.AddHours(2);
        var ending = await shop.GivenActiveAsync(shop.OnEvent("visit") with { EndsAt = end });
        var store = _engine.Service<IDistributionStore>();

        await _engine.EventuallyAsync(async () => (await store.UnfinishedAsync(end.AddMilliseconds(-1), 0, 1)).Count == 0, timePasses: false);
        Assert.Equal([(shop.Number, ending)], await store.UnfinishedAsync(end, 0, 1));
    }

    [Fact]
    public async Task A_live_one_that_an_earlier_version_listed_is_looked_at_once()
    {
        var shop = await _engine.NewShopAsync();
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        var row = (await _engine.Service<IDistributionStore>().FindAsync(shop.Number, visits))!;
        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        await _engine.Service<IDistributionStore>().SaveAsync(row with { Unfinished = true, WorkAt = null }, null);

        await _engine.EventuallyAsync(async () => (await _engine.Service<IDistributionStore>().UnfinishedAsync(DateTimeOffset.MaxValue, 0, 1)).Count == 0);
        Assert.Equal(DistributionStatuses.Live, await shop.StatusAsync(visits));
    }

    [Fact]
    public async Task It_listens_from_its_start_to_its_end()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { StartsAt = _engine.Now.AddHours(1), EndsAt = _engine.Now.AddHours(2) });

        await shop.TrackAsync("ann", "visit");
        _engine.Pass(TimeSpan.FromHours(1));
        var during = await shop.TrackAsync("ann", "visit");
        _engine.Pass(TimeSpan.FromHours(1));
        await shop.TrackAsync("ann", "visit");

        await shop.SettledAsync(visits, 1);
        Assert.Equal(during, Assert.Single(await shop.MessagesAsync(visits)).EventId);
    }

    [Fact]
    public async Task It_stops_by_itself_at_its_end()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var end = _engine.Now.AddDays(60);
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { EndsAt = end });
        await shop.TrackAsync("ann", "visit");
        await shop.SettledAsync(visits, 1);
        Assert.Equal(DistributionStatuses.Live, (await shop.ListedAsync(visits)).Status);

        await _engine.KillAsync();
        _engine.Pass(end - _engine.Now - TimeSpan.FromMinutes(5));
        await _engine.StartAgainAsync();
        Assert.Equal(DistributionStatuses.Live, await shop.StatusAsync(visits));
        _engine.Pass(end - _engine.Now);

        await _engine.EventuallyAsync(async () => (await shop.ListedAsync(visits)).Status == DistributionStatuses.Stopped);
        Assert.InRange((await shop.FindAsync(visits)).UpdatedAt!.Value, end, end.AddMinutes(2));
    }

    [Fact]
    public async Task What_it_owes_at_its_end_is_sent_before_it_stops()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { EndsAt = _engine.Now.AddHours(1), Delay = TimeSpan.FromHours(3) });
        var control = await shop.GivenActiveAsync(shop.OnEvent("visit") with { EndsAt = _engine.Now.AddHours(2) });
        await shop.TrackAsync("ann", "visit");

        _engine.Pass(TimeSpan.FromHours(2));
        await shop.IsAsync(control, DistributionStatuses.Stopped);
        Assert.Equal((DistributionStatuses.Live, 1), await shop.FindAsync(visits) is var found ? (found.Status, found.Counts.Queued) : default);
        _engine.Pass(TimeSpan.FromHours(1));

        await shop.IsAsync(visits, DistributionStatuses.Stopped);
        Assert.Equal(["ann"], shop.ReceiversOf(visits));
    }

    [Fact]
    public async Task Current_members_get_theirs_at_its_start()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann", "gold");
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var draft = shop.OnEntering(gold);
        var welcome = await shop.GivenActiveAsync(
            draft with { Trigger = draft.Trigger! with { IncludeCurrentMembers = true }, StartsAt = _engine.Now.AddDays(1) });
        var control = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await shop.TrackAsync("ann", "visit");
        await shop.SettledAsync(control, 1);
        Assert.Equal(0, (await shop.CountsAsync(welcome)).Audience);

        _engine.Pass(TimeSpan.FromDays(1));

        Assert.Equal(["ann"], await shop.ReceiversWhenSettledAsync(welcome, 1));
    }

    [Fact]
    public async Task A_delayed_message_is_due_after_the_delay_and_sent_then()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(3) });
        var happened = _engine.Now;
        await shop.TrackAsync("ann", "visit");

        var waiting = Assert.Single(await shop.MessagesAsync(visits));
        Assert.Equal(("queued", happened.AddHours(3)), (waiting.Status, waiting.DueAt));

        _engine.Pass(TimeSpan.FromHours(2));
        await shop.TrackAsync("ann", "other");
        Assert.Empty(shop.Received(visits));

        _engine.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, (await shop.SettledAsync(visits, 1)).Sent);
    }

    [Fact]
    public async Task A_delayed_message_survives_a_restart()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(3) });
        await shop.TrackAsync("ann", "visit");

        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        Assert.Equal(1, (await shop.CountsAsync(visits)).Queued);
        _engine.Pass(TimeSpan.FromHours(3));

        Assert.Equal(1, (await shop.SettledAsync(visits, 1)).Sent);
        Assert.Single(shop.Received(visits));
    }

    [Fact]
    public async Task A_message_that_becomes_due_while_paused_waits_for_resuming()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(1) });
        var control = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(1) });
        await shop.TrackAsync("ann", "visit");
        await shop.PauseAsync(visits);

        _engine.Pass(TimeSpan.FromHours(2));
        await shop.SettledAsync(control, 1);
        Assert.Equal(1, (await shop.CountsAsync(visits)).Queued);
        Assert.Empty(shop.Received(visits));

        await shop.ResumeAsync(visits);
        Assert.Equal(1, (await shop.SettledAsync(visits, 1)).Sent);
    }
}
