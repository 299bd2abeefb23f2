using Marketing.Behaviour;
using Marketing.Channels;
using Xunit;

namespace Marketing.Distributions;

/// <summary>What happens to messages that are being handed over when something else happens. Each test has an engine of its own.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync(("Distributions:BatchSize", "10"), ("Distributions:Lanes", "2"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_is_handed_over_knows_the_zone_of_its_project()
    {
        var shop = await _engine.NewShopAsync("Europe/Warsaw");
        await shop.GivenCustomersAsync(1);
        var news = await shop.GivenActiveAsync(shop.ToCustomer("c0"));
        await shop.SettledAsync(news, 1);
        Assert.Equal("Europe/Warsaw", Assert.Single(shop.Received(news)).TimeZone);
    }

    [Fact]
    public async Task Pausing_hands_over_nothing_more_and_resuming_finishes()
    {
        const int customers = 300;
        const int atMostInFlight = 2 * 2 * 10;
        await _shop.GivenCustomersAsync(customers, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        for (var number = 0; number < customers; number++)
        {
            _engine.Channel.Hang(_shop, $"c{number}");
        }

        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        await _engine.EventuallyAsync(() => Task.FromResult(_shop.Received(news).Count > 0));
        Assert.Equal(DistributionStatuses.Paused, (await _shop.PauseAsync(news)).Status);
        _engine.Channel.Release();
        await _shop.CountAsync(news, counts => counts.Sending == 0);

        var counts = await _shop.CountsAsync(news);
        Assert.InRange(counts.Sent, 1, atMostInFlight);
        Assert.Equal(counts.Sent, _shop.Received(news).Count);
        Assert.Equal(counts.Audience - counts.Sent, counts.Queued);

        await _shop.ResumeAsync(news);
        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(customers, (await _shop.SettledAsync(news, customers)).Sent);
        Assert.Equal(customers, _shop.ReceiversOf(news).Distinct().Count());
        Assert.Equal(customers, _shop.Received(news).Count);
    }

    [Fact]
    public async Task Stopping_cancels_what_was_not_handed_over()
    {
        const int customers = 300;
        await _shop.GivenCustomersAsync(customers, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        for (var number = 0; number < customers; number++)
        {
            _engine.Channel.Hang(_shop, $"c{number}");
        }

        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        await _shop.CountAsync(news, counts => counts.Audience == customers && _shop.Received(news).Count > 0);
        await _shop.StopAsync(news);
        _engine.Channel.Release();

        var counts = await _shop.SettledAsync(news, customers);
        Assert.Equal(_shop.Received(news).Count, counts.Sent);
        Assert.Equal(customers - counts.Sent, counts.Canceled);
        Assert.Equal(DistributionStatuses.Stopped, await _shop.StatusAsync(news));
    }

    [Fact]
    public async Task A_hand_off_that_fails_after_stopping_is_canceled_not_tried_again()
    {
        await _shop.GivenCustomersAsync(30);
        _engine.Channel.Waits = [TimeSpan.FromDays(1)];
        for (var number = 0; number < 30; number++)
        {
            _engine.Channel.Hang(_shop, $"c{number}", new DeliveryOutcome.TemporaryFailure("busy"));
        }

        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => _shop.TrackAsync($"c{number}", "visit")));
        await _engine.EventuallyAsync(() => Task.FromResult(_shop.Received(visits).Count > 0));
        await _shop.StopAsync(visits);
        await _shop.CountAsync(visits, counts => counts.Canceled + counts.Sending == 30);
        _engine.Channel.Release();

        Assert.Equal(30, (await _shop.SettledAsync(visits, 30)).Canceled);
    }

    [Fact]
    public async Task A_recipient_who_hangs_does_not_keep_others_of_the_batch_from_being_recorded()
    {
        await _shop.GivenCustomersAsync(10, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        _engine.Channel.Hang(_shop, "c4");
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));

        await _shop.CountAsync(news, counts => counts is { Sent: 9, Sending: 1 });
        Assert.Equal(DistributionStatuses.Sending, await _shop.StatusAsync(news));
        _engine.Channel.Release();
        await _shop.IsAsync(news, DistributionStatuses.Sent);
    }

    [Fact]
    public async Task A_recipient_who_hangs_does_not_keep_later_messages_waiting()
    {
        await _shop.GivenCustomersAsync(20);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        _engine.Channel.Hang(_shop, "c0");
        await _shop.TrackAsync("c0", "visit");
        await _shop.CountAsync(visits, counts => counts.Sending == 1);

        for (var number = 1; number < 20; number++)
        {
            await _shop.TrackAsync($"c{number}", "visit");
            await _shop.CountAsync(visits, counts => counts.Sent == number);
        }

        _engine.Channel.Release();
        Assert.Equal(20, (await _shop.SettledAsync(visits, 20)).Sent);
    }

    [Fact]
    public async Task Current_members_and_those_who_enter_meanwhile_get_one_message_each()
    {
        const int customers = 200;
        await _shop.GivenCustomersAsync(customers);
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var draft = _shop.OnEntering(gold);
        var welcome = await _shop.GivenDistributionAsync(draft with { Trigger = draft.Trigger! with { IncludeCurrentMembers = true } });

        var entering = Enumerable.Range(0, customers).Select(number => _shop.PutOnPlanAsync($"c{number}", "gold")).ToArray();
        await _shop.ActivateAsync(welcome);
        await Task.WhenAll(entering);

        Assert.Equal(customers, (await _shop.SettledAsync(welcome, customers)).Sent);
        Assert.Equal(customers, _shop.ReceiversOf(welcome).Distinct().Count());
    }

    [Fact]
    public async Task Current_members_of_a_segment_that_still_synchronises_are_included()
    {
        const int customers = 1_000;
        await _shop.GivenCustomersAsync(customers, "gold");
        var gold = await _shop.CreateSegmentAsync(FilterTexts.Plan("gold"));
        var draft = _shop.OnEntering(gold);
        var welcome = await _shop.GivenActiveAsync(draft with { Trigger = draft.Trigger! with { IncludeCurrentMembers = true } });

        Assert.Equal(customers, (await _shop.SettledAsync(welcome, customers)).Sent);
    }
}
