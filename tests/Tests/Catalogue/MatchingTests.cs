using System.Collections.Concurrent;
using Marketing.Behaviour;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Catalogue;

[Collection(SharedEngineTests.Name)]
public sealed class MatchingTests(SharedEngine shared)
{
    [Fact]
    public async Task An_event_starts_only_what_listens_to_its_name()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        var alsoVisits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        var others = await shop.GivenActiveAsync(shop.OnEvent("Visit"));
        var draft = await shop.GivenDistributionAsync(shop.OnEvent("visit"));

        await shop.TrackAsync("ann", "visit");

        Assert.Equal(1, (await shop.SettledAsync(visits, 1)).Sent);
        Assert.Equal(1, (await shop.SettledAsync(alsoVisits, 1)).Sent);
        Assert.Equal(0, (await shop.CountsAsync(others)).Audience);
        Assert.Equal(0, (await shop.CountsAsync(draft)).Audience);
    }

    [Fact]
    public async Task Another_projects_events_start_nothing_here()
    {
        var shop = await shared.Engine.NewShopAsync();
        var other = await shared.Engine.NewShopAsync();
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await other.GivenCustomerAsync("ann");
        await shop.GivenCustomerAsync("ann");

        await other.TrackAsync("ann", "visit");
        await shop.TrackAsync("ann", "visit");

        Assert.Equal(1, (await shop.SettledAsync(visits, 1)).Sent);
    }

    [Fact]
    public async Task Every_event_is_an_occurrence_of_its_own()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));

        var first = await shop.TrackAsync("ann", "visit");
        var second = await shop.TrackAsync("ann", "visit");

        Assert.Equal(2, (await shop.SettledAsync(visits, 2)).Sent);
        Assert.Equal(new[] { first, second }.Order(), (await shop.MessagesAsync(visits)).Select(message => message.EventId!).Order());
    }

    [Fact]
    public async Task Two_channels_are_two_messages()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Channels = [Shop.Through("test"), Shop.Through("hook")] });

        await shop.TrackAsync("ann", "visit");

        Assert.Equal(2, (await shop.SettledAsync(visits, 2)).Sent);
        Assert.Equal(["hook", "test"], (await shop.MessagesAsync(visits)).Select(message => message.Channel).Order());
    }

    [Fact]
    public async Task Nothing_is_matched_while_paused_and_everything_after_resuming()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));

        await shop.PauseAsync(visits);
        await shop.TrackAsync("ann", "visit");
        await shop.ResumeAsync(visits);
        var after = await shop.TrackAsync("ann", "visit");

        await shop.SettledAsync(visits, 1);
        Assert.Equal(after, Assert.Single(await shop.MessagesAsync(visits)).EventId);
    }

    [Fact]
    public async Task Nothing_is_matched_after_stopping()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await shop.StopAsync(visits);

        await shop.TrackAsync("ann", "visit");

        Assert.Equal(0, (await shop.CountsAsync(visits)).Audience);
        Assert.IsType<DistributionResult.Refused>(await shop.Distribution(visits).ActivateAsync());
    }

    [Fact]
    public async Task Events_accepted_after_activation_returned_are_all_matched_and_none_after_pausing()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomersAsync(16);
        var visits = await shop.GivenDistributionAsync(shop.OnEvent("visit"));
        var must = new ConcurrentBag<string>();
        var mustNot = new ConcurrentBag<string>();
        using var enough = new CancellationTokenSource();
        var isLive = false;
        var isPausing = false;
        var isPaused = false;
        var tracking = Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                var (liveBefore, pausedBefore) = (Volatile.Read(ref isLive), Volatile.Read(ref isPaused));
                var id = await shop.TrackAsync($"c{number % 16}", "visit");
                if (pausedBefore)
                {
                    mustNot.Add(id);
                }
                else if (liveBefore && !Volatile.Read(ref isPausing))
                {
                    must.Add(id);
                }
            }
        })).ToArray();

        await shop.Engine.EventuallyAsync(async () => (await shop.ActivityAsync("c0")).Count > 5);
        await shop.ActivateAsync(visits);
        Volatile.Write(ref isLive, true);
        await shop.Engine.EventuallyAsync(() => Task.FromResult(must.Count > 200));
        Volatile.Write(ref isPausing, true);
        await shop.PauseAsync(visits);
        Volatile.Write(ref isPaused, true);
        await shop.Engine.EventuallyAsync(() => Task.FromResult(mustNot.Count > 50));
        await enough.CancelAsync();
        await Task.WhenAll(tracking);

        var matched = (await shop.MessagesAsync(visits)).Select(message => message.EventId!).ToHashSet();
        Assert.Empty(must.Except(matched));
        Assert.Empty(mustNot.Intersect(matched));

        await shop.ResumeAsync(visits);
        Assert.Equal(matched.Count, (await shop.SettledAsync(visits, matched.Count)).Sent);
    }

    [Fact]
    public async Task A_name_given_to_two_new_distributions_at_the_same_time_is_kept_by_one()
    {
        var shop = await shared.Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var draft = shop.OnEvent("visit") with { Name = "The one" };

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            shop.Distribution($"dis_{number}").CreateAsync(draft, Shop.Context())));

        var kept = Assert.Single(results.OfType<DistributionResult.Done>()).Distribution.Id;
        Assert.Equal(7, results.OfType<DistributionResult.Invalid>().Count());
        await shop.ActivateAsync(kept);
        await shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await shop.SettledAsync(kept, 1)).Sent);
    }
}
