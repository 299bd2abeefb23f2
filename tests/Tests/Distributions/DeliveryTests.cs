using Marketing.Behaviour;
using Marketing.Channels;
using Marketing.Suppressions;
using Xunit;

namespace Marketing.Distributions;

[Collection(SharedEngineTests.Name)]
public sealed class DeliveryTests(SharedEngine shared)
{
    private Engine Engine => shared.Engine;

    [Fact]
    public async Task A_message_that_cannot_reach_its_customer_is_skipped_with_the_reason()
    {
        var shop = await Engine.NewShopAsync();
        await shop.SaveAsync("no-address", Customers.CustomerPatch.Nothing);
        await shop.GivenCustomerAsync("bounced");
        await shop.GivenCustomerAsync("unsubscribed");
        await shop.GivenCustomerAsync("ann");
        await Engine.Grains.Suppressions(shop.Number).AddAsync("test", "Bounced@Example.com", "bounced");
        await Engine.Grains.Suppressions(shop.Number).AddAsync("test", "unsubscribed@example.com", "unsubscribed");
        await Engine.Grains.Suppressions(shop.Number).AddAsync("email", "ann@example.com", "unsubscribed");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));

        foreach (var customer in new[] { "no-address", "bounced", "unsubscribed", "ann" })
        {
            await shop.TrackAsync(customer, "visit");
        }

        var counts = await shop.SettledAsync(visits, 4);
        Assert.Equal((1, 3), (counts.Sent, counts.Skipped));
        Assert.Equal("no_address", (await shop.MessageToAsync(visits, "no-address")).Reason);
        Assert.Equal("suppressed", (await shop.MessageToAsync(visits, "bounced")).Reason);
        Assert.Equal("unsubscribed", (await shop.MessageToAsync(visits, "unsubscribed")).Reason);
        Assert.Equal(["ann"], shop.ReceiversOf(visits));
    }

    [Fact]
    public async Task A_temporary_failure_is_tried_again_and_counted_as_recovered()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        Engine.Channel.Answer(shop, "ann", new DeliveryOutcome.TemporaryFailure("busy"), new DeliveryOutcome.TemporaryFailure("busy"));
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await shop.TrackAsync("ann", "visit");

        var counts = await shop.SettledAsync(visits, 1);
        Assert.Equal((1, 1), (counts.Sent, counts.Recovered));
        var message = await shop.MessageToAsync(visits, "ann");
        Assert.Equal((3, true, (string?)null), (message.Attempts, message.Recovered, message.Reason));
        Assert.Equal([1, 2, 3], shop.Received(visits).Select(received => received.Attempt));
        Assert.Single(shop.Received(visits).Select(received => received.MessageId).Distinct());
    }

    [Fact]
    public async Task A_permanent_failure_fails_at_once_and_may_suppress_the_address()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        await shop.GivenCustomerAsync("bob");
        Engine.Channel.Answer(shop, "ann", new DeliveryOutcome.PermanentFailure("refused"));
        Engine.Channel.Answer(shop, "bob", new DeliveryOutcome.PermanentFailure("no such mailbox", SuppressAddress: true));
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await shop.TrackAsync("ann", "visit");
        await shop.TrackAsync("bob", "visit");

        Assert.Equal(2, (await shop.SettledAsync(visits, 2)).Failed);
        Assert.Equal("refused", (await shop.MessageToAsync(visits, "ann")).Reason);
        await shop.TrackAsync("ann", "visit");
        await shop.TrackAsync("bob", "visit");
        var counts = await shop.SettledAsync(visits, 4);
        Assert.Equal((1, 2, 1), (counts.Sent, counts.Failed, counts.Skipped));
        Assert.Equal(DistributionStatuses.Live, await shop.StatusAsync(visits));
    }

    [Fact]
    public async Task A_message_out_of_attempts_fails_and_the_rest_goes_on()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomersAsync(5);
        Engine.Channel.Answer(shop, "c2", [.. Enumerable.Repeat(new DeliveryOutcome.TemporaryFailure("busy"), 3)]);
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => shop.TrackAsync($"c{number}", "visit")));

        var counts = await shop.SettledAsync(visits, 5);
        Assert.Equal((4, 1), (counts.Sent, counts.Failed));
        Assert.Equal((3, "busy"), await shop.MessageToAsync(visits, "c2") is var failed ? (failed.Attempts, failed.Reason) : default);
    }

    [Fact]
    public async Task A_hook_out_of_attempts_pauses_the_distribution_and_activating_goes_on()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomersAsync(2);
        Engine.Hook.Answer(shop, "c0", [.. Enumerable.Repeat(new DeliveryOutcome.TemporaryFailure("503"), 3)]);
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Channels = [Shop.Through("hook")] });
        await shop.TrackAsync("c0", "visit");

        await shop.IsAsync(visits, DistributionStatuses.Paused);
        Assert.Contains("503", (await shop.FindAsync(visits)).StatusReason, StringComparison.Ordinal);
        Assert.Equal(1, (await shop.CountsAsync(visits)).Failed);

        var active = await shop.ActivateAsync(visits);
        Assert.Equal((DistributionStatuses.Live, null), (active.Status, active.StatusReason));
        Assert.Equal(1, await shop.Distribution(visits).RetryFailedAsync(null));
        await shop.TrackAsync("c1", "visit");
        Assert.Equal(2, (await shop.SettledAsync(visits, 2)).Sent);
    }

    [Fact]
    public async Task Slowing_down_costs_no_attempt_and_is_no_failure_to_recover_from()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var slow = new DeliveryOutcome.TemporaryFailure("slow down", TimeSpan.FromMilliseconds(10), BurnsAttempt: false);
        Engine.Channel.Answer(shop, "ann", [.. Enumerable.Repeat(slow, 8)]);
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await shop.TrackAsync("ann", "visit");

        var counts = await shop.SettledAsync(visits, 1);
        Assert.Equal((1, 0), (counts.Sent, counts.Recovered));
        Assert.Equal(1, (await shop.MessageToAsync(visits, "ann")).Attempts);
        Assert.Equal(9, shop.Received(visits).Count);
    }

    [Fact]
    public async Task A_channel_that_throws_fails_one_message_not_the_lane()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomersAsync(8);
        Engine.Channel.Throw(shop, "c0");
        Engine.Channel.Throw(shop, "c0");
        Engine.Channel.Throw(shop, "c0");
        Engine.Channel.Throw(shop, "c1");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => shop.TrackAsync($"c{number}", "visit")));

        var counts = await shop.SettledAsync(visits, 8);
        Assert.Equal((7, 1, 1), (counts.Sent, counts.Failed, counts.Recovered));
    }

    [Fact]
    public async Task Failed_messages_can_be_tried_again_all_or_some()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomersAsync(4, "gold");
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        for (var number = 0; number < 3; number++)
        {
            Engine.Channel.Answer(shop, $"c{number}", new DeliveryOutcome.PermanentFailure("refused"));
        }

        var news = await shop.GivenActiveAsync(shop.ToSegment(gold));
        await shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(3, (await shop.SettledAsync(news, 4)).Failed);

        var one = await shop.MessageToAsync(news, "c1");
        Assert.Equal(1, await shop.Distribution(news).RetryFailedAsync([one.Id, one.Id, "msg_nonsense"]));
        await shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal((2, 2, 1), await shop.SettledAsync(news, 4) is var some ? (some.Sent, some.Failed, some.Recovered) : default);

        Assert.Equal(2, await shop.Distribution(news).RetryFailedAsync(null));
        await shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal((4, 3), await shop.SettledAsync(news, 4) is var all ? (all.Sent, all.Recovered) : default);
        Assert.Equal(0, await shop.Distribution(news).RetryFailedAsync(null));
    }

    [Fact]
    public async Task A_request_to_try_again_that_is_repeated_says_what_the_first_did()
    {
        var shop = await Engine.NewShopAsync();
        await shop.GivenCustomersAsync(3, "gold");
        var gold = await shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        for (var number = 0; number < 3; number++)
        {
            Engine.Channel.Answer(shop, $"c{number}", new DeliveryOutcome.PermanentFailure("refused"));
        }

        var news = await shop.GivenActiveAsync(shop.ToSegment(gold));
        await shop.IsAsync(news, DistributionStatuses.Sent);

        // As when the answer was lost: by the same call made again, or by a caller with its own key.
        var call = Shop.Context();
        Assert.Equal(3, await shop.Distribution(news).RetryFailedAsync(null, call));
        Assert.Equal(3, await shop.Distribution(news).RetryFailedAsync(null, call));
        await shop.IsAsync(news, DistributionStatuses.Sent);
        Assert.Equal(3, await shop.Distribution(news).RetryFailedAsync(null, call));
        Assert.Equal(DistributionStatuses.Sent, await shop.StatusAsync(news));
        Assert.Equal(0, await shop.Distribution(news).RetryFailedAsync(null, Shop.Context()));
        Assert.Equal((3, 3), await shop.SettledAsync(news, 3) is var all ? (all.Sent, all.Recovered) : default);

        Assert.Equal(0, await shop.Distribution(news).RetryFailedAsync(null, Shop.Context("key", "print")));
        Assert.Equal(0, await shop.Distribution(news).RetryFailedAsync(null, Shop.Context("key", "print")));
    }

    [Fact]
    public async Task An_unsubscribe_link_is_good_for_its_own_project_and_address_only()
    {
        var shop = await Engine.NewShopAsync();
        var other = await Engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await shop.TrackAsync("ann", "visit");
        await shop.SettledAsync(visits, 1);
        var token = Assert.Single(shop.Received(visits)).UnsubscribeUrl!.Split("/u/")[1];

        var target = await Engine.Grains.Suppressions(shop.Number).ReadTokenAsync(token);
        Assert.Equal(("test", "ann@example.com"), (target!.Channel, target.Address));
        Assert.Null(await Engine.Grains.Suppressions(other.Number).ReadTokenAsync(token));
        var parts = token.Split('.');
        foreach (var forged in new[] { $"{other.Number}.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.AAAA", $"{parts[0]}.AAAA.{parts[2]}", "", "..", "1.2", "x.y.z" })
        {
            Assert.Null(await Engine.Grains.Suppressions(other.Number).ReadTokenAsync(forged));
            Assert.Null(await Engine.Grains.Suppressions(shop.Number).ReadTokenAsync(forged));
        }

        await Engine.Grains.Suppressions(shop.Number).AddAsync(target.Channel, target.Address, "unsubscribed");
        await shop.TrackAsync("ann", "visit");
        await shop.SettledAsync(visits, 2);
        Assert.Equal("unsubscribed", Assert.Single(await shop.MessagesAsync(visits), message => message.Status == "skipped").Reason);
    }
}
