using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Projects;
using Xunit;

namespace Marketing.Distributions;

/// <summary>How many messages an account may send. Each test moves its own clock, which begins on the first of a month.</summary>
public sealed class AccountLimitTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync(("Distributions:ManualDelay", "00:00:00"), ("Distributions:BatchSize", "3"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_trial_sends_ten_in_all_through_whatever_channel_and_the_estimate_says_so()
    {
        await PlanAsync(MessagePlans.Trial);
        await _shop.GivenCustomersAsync(25);
        var news = await _shop.GivenDistributionAsync(_shop.ToSegment(await _shop.GivenSegmentAsync(FilterTexts.Everybody)));
        var estimate = (await _shop.Distribution(news).EstimateAudienceAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((10, 10, 15), (estimate.MessagesLeft, estimate.Channels["test"].Reachable, estimate.Channels["test"].Skipped["account_limit"]));

        await _shop.ActivateAsync(news);
        var counts = await _shop.SettledAsync(news, 25);
        Assert.Equal((10, 15), (counts.Sent, counts.Skipped));
        Assert.Equal(10, _engine.Channel.ReceivedFor(news).Count);

        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        _engine.Pass(TimeSpan.FromDays(40));
        var hook = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Channels = [Shop.Through("hook")] });
        await _shop.TrackAsync("c1", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(hook, 1)).Skipped);
        Assert.Equal("account_limit", Assert.Single(await _shop.MessagesAsync(hook)).Reason);
        Assert.Equal([new MessageLimit("total", 10) { Used = 10 }], await _engine.Grains.DistributionQueries(_shop.Number).MessageLimitsAsync());
    }

    [Fact]
    public async Task A_verified_trial_sends_ten_a_day_and_one_that_is_paid_for_as_many_as_there_are()
    {
        await PlanAsync(MessagePlans.VerifiedTrial);
        await _shop.GivenCustomersAsync(12);
        var everybody = await _shop.GivenSegmentAsync(FilterTexts.Everybody);
        Assert.Equal(10, (await _shop.SettledAsync(await _shop.GivenActiveAsync(_shop.ToSegment(everybody)), 12)).Sent);
        Assert.Equal(0, (await _shop.SettledAsync(await _shop.GivenActiveAsync(_shop.ToSegment(everybody)), 12)).Sent);
        _engine.Pass(TimeSpan.FromDays(1));
        Assert.Equal(10, (await _shop.SettledAsync(await _shop.GivenActiveAsync(_shop.ToSegment(everybody)), 12)).Sent);
        Assert.Equal([10, 20], (await _engine.Grains.DistributionQueries(_shop.Number).MessageLimitsAsync()).Select(limit => limit.Used));

        await PlanAsync(MessagePlans.Paid);
        _engine.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(12, (await _shop.SettledAsync(await _shop.GivenActiveAsync(_shop.ToSegment(everybody)), 12)).Sent);
    }

    [Fact]
    public async Task What_was_not_handed_over_is_given_back()
    {
        await PlanAsync(MessagePlans.Trial);
        await _shop.GivenCustomersAsync(13);
        _engine.Channel.Answer(_shop, "c0", DeliveryOutcome.NotBegun.Instance, new DeliveryOutcome.TemporaryFailure("later"));
        _engine.Channel.Answer(_shop, "c1", new DeliveryOutcome.PermanentFailure("no such mailbox"));
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        for (var customer = 0; customer < 11; customer++)
        {
            await _shop.TrackAsync($"c{customer}", "visit");
            await _shop.SettledAsync(visits, customer + 1);
        }

        Assert.Equal((10, 1, 0), await StandAsync());
        await _shop.TrackAsync("c11", "visit");
        await _shop.SettledAsync(visits, 12);
        Assert.Equal((10, 1, 1), await StandAsync());

        async Task<(long, long, long)> StandAsync()
        {
            var counts = await _shop.CountsAsync(visits);
            return (counts.Sent, counts.Failed, counts.Skipped);
        }
    }

    private async Task PlanAsync(string plan)
    {
        var directory = _engine.Grains.ProjectDirectory;
        var project = (await directory.FindAsync(_shop.ProjectId))!;
        await directory.UpdateAsync(_shop.ProjectId, project.Settings with { MessagePlan = plan });
    }
}
