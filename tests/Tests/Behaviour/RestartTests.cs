using Marketing.AsyncActions;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Storage;
using Marketing.Storage.DataPlane;
using Xunit;

namespace Marketing.Behaviour;

/// <summary>The engine ends in the middle of something and is started again on the same files.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync(("Distributions:BatchSize", "5"), ("Distributions:Lanes", "2"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_send_goes_on_where_it_was()
    {
        const int customers = 60;
        await _shop.GivenCustomersAsync(customers, "gold");
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        _engine.Channel.Pace = TimeSpan.FromMilliseconds(100);
        var news = await _shop.GivenActiveAsync(_shop.ToSegment(gold));
        await _shop.CountAsync(news, counts => counts.Audience == customers && counts.Sent > 0);
        await _engine.KillAsync();
        Assert.InRange(_shop.Received(news).Count, 1, customers - 1);
        await _engine.StartAgainAsync();

        await _shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(customers, (await _shop.SettledAsync(news, customers)).Sent);
        Assert.Equal(customers, _shop.ReceiversOf(news).Distinct().Count());
    }

    [Fact]
    public async Task Live_paused_and_stopped_distributions_stay_what_they_were()
    {
        await _shop.GivenCustomerAsync("ann");
        var live = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        var paused = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        var stopped = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.PauseAsync(paused);
        await _shop.StopAsync(stopped);

        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        await _shop.TrackAsync("ann", "visit");

        Assert.Equal(1, (await _shop.SettledAsync(live, 1)).Sent);
        Assert.Equal((0, 0), ((await _shop.CountsAsync(paused)).Audience, (await _shop.CountsAsync(stopped)).Audience));
        Assert.Equal(DistributionStatuses.Paused, await _shop.StatusAsync(paused));
        Assert.Equal(DistributionStatuses.Stopped, await _shop.StatusAsync(stopped));
        await _shop.ResumeAsync(paused);
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(paused, 1)).Sent);
    }

    [Fact]
    public async Task Keys_counts_and_profiles_are_remembered()
    {
        await _shop.TryTrackAsync("ann", "visit", Shop.Context("k", "a"));
        await _shop.OrderAsync("o1", "ann", "PAID", 100);
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        await _shop.TryTrackAsync("ann", "visit", Shop.Context("k", "a"));
        await _shop.TrackAsync("ann", "visit");
        await _shop.OrderAsync("o1", "ann", "CANCELED");

        var ann = (await _shop.FindCustomerAsync("ann"))!;
        Assert.Equal((2, 0), (ann.Events["visit"].Count, ann.Summary.Orders.TotalCount));
    }

    [Fact]
    public async Task A_segment_that_was_synchronising_finishes()
    {
        await _shop.GivenCustomersAsync(1_000, "gold");
        var gold = await _shop.CreateSegmentAsync(FilterTexts.Plan("gold"));
        await _engine.KillAsync();
        await _engine.StartAgainAsync();

        await _shop.SyncedAsync(gold);
        Assert.Equal(1_000, (await _shop.MembersAsync(gold)).Count);
        Assert.Equal(0, await _shop.EnteredAsync("c7"));
    }

    [Fact]
    public async Task An_import_that_was_running_finishes_once()
    {
        const int customers = 5_000;
        var csv = "Source_id,Name\n" + string.Concat(Enumerable.Range(0, customers).Select(number => $"s{number},N{number}\n"));
        Assert.True(await _engine.Grains.AsyncAction(_shop.Number, "job").StartAsync(
            AsyncActionTypes.CustomersImport, System.Text.Encoding.UTF8.GetBytes(csv), Shop.Context()));
        await _engine.KillAsync();
        await _engine.StartAgainAsync();

        await _engine.EventuallyAsync(async () => (await _engine.Grains.AsyncAction(_shop.Number, "job").FindAsync())!.Status == "DONE");
        var result = (await _engine.Grains.AsyncAction(_shop.Number, "job").FindAsync())!.Result!.ToElement();
        Assert.Equal((customers, 0), (result.GetProperty("done_count").GetInt32(), result.GetProperty("failed_count").GetInt32()));
        var page = await _engine.Grains.CustomerQueries(_shop.Number).ListAsync(new Customers.CustomerListQuery { Limit = 1 }, TestContext.Current.CancellationToken);
        Assert.NotNull(page);
        Assert.Equal(customers, page.Total);
    }

    [Theory]
    [InlineData(null, "sent", 1)]
    [InlineData("resend", "sent", 1)]
    [InlineData("hold", "failed", 0)]
    public async Task An_interrupted_hand_off_is_repeated_or_held_as_the_distribution_says(string? uncertain, string status, int received)
    {
        await _shop.GivenCustomersAsync(1);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Uncertain = uncertain, Delay = TimeSpan.FromHours(1) });
        await _shop.TrackAsync("c0", "visit");
        await _shop.PauseAsync(visits);
        await _shop.InterruptHandOffAsync(visits);

        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        await _shop.ResumeAsync(visits);
        var counts = await _shop.SettledAsync(visits, 1);

        Assert.Equal(1, counts.Uncertain);
        Assert.Equal(0, counts.Recovered);
        var message = await _shop.MessageToAsync(visits, "c0");
        Assert.Equal((status, true), (message.Status, message.Uncertain));
        Assert.Equal(received, _shop.Received(visits).Count);
        Assert.All(_shop.Received(visits), sent => Assert.Equal(message.Id, sent.MessageId));
        if (uncertain == "hold")
        {
            Assert.Equal("uncertain", message.Reason);
            Assert.Equal(1, await _shop.Distribution(visits).RetryFailedAsync(null));
            Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Sent);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_in_the_air_of_a_stopped_distribution_when_the_process_died_is_canceled_and_said_to_be_uncertain(bool stoppedBefore)
    {
        var visits = await InterruptedAsync();
        if (stoppedBefore)
        {
            await _shop.StopAsync(visits);
        }

        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        if (!stoppedBefore)
        {
            await _shop.StopAsync(visits);
        }

        await _shop.CountAsync(visits, counts => counts is { Sending: 0, Canceled: 1, Uncertain: 1, Audience: 1 });
    }

    [Fact]
    public async Task What_was_in_the_air_of_a_paused_distribution_when_the_process_died_waits_for_it_to_go_on()
    {
        var visits = await InterruptedAsync();
        await _engine.KillAsync();
        await _engine.StartAgainAsync();

        await _shop.CountAsync(visits, counts => counts is { Sending: 0, Retrying: 1, Uncertain: 1 });
        await _shop.ResumeAsync(visits);
        await _shop.CountAsync(visits, counts => counts is { Sent: 1, Uncertain: 1 });
    }

    [Fact]
    public async Task The_outcome_of_an_old_owner_comes_too_late()
    {
        await _shop.GivenCustomersAsync(1);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        _engine.Channel.Hang(_shop, "c0", new DeliveryOutcome.PermanentFailure("from the old owner"));
        await _shop.TrackAsync("c0", "visit");
        await _shop.CountAsync(visits, counts => counts.Sending == 1);

        // Another silo takes the lane over, as after a false alarm about this one.
        var number = (await _shop.FindAsync(visits)).Number;
        var queue = _engine.Service<IMessageQueue>();
        for (var lane = 0; lane < 2; lane++)
        {
            var epoch = await queue.ClaimLaneAsync(number, lane);
            await queue.RecoverLaneAsync(new LaneFence(number, lane, epoch), hold: false, _engine.Now);
        }

        _engine.Channel.Release();
        await _shop.ResumeAsync(visits);
        await _shop.TrackAsync("c0", "visit");

        var counts = await _shop.SettledAsync(visits, 2);
        Assert.Equal((2, 0, 1), (counts.Sent, counts.Failed, counts.Uncertain));
    }

    // Paused, with a message in the air whose process is gone.
    private async Task<string> InterruptedAsync()
    {
        await _shop.GivenCustomersAsync(1);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(1) });
        await _shop.TrackAsync("c0", "visit");
        await _shop.PauseAsync(visits);
        await _shop.InterruptHandOffAsync(visits);
        return visits;
    }
}
