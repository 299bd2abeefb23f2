using Marketing.Behaviour;
using Marketing.Channels;
using Xunit;

namespace Marketing.Distributions;

/// <summary>What can be shown of a message afterwards. Each test moves its own clock.</summary>
public sealed class EvidenceTests : IAsyncLifetime
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
    public async Task Every_attempt_says_when_how_it_ended_and_what_was_answered()
    {
        await _shop.GivenCustomerAsync("ann");
        _engine.Channel.Answer(
            _shop, "ann", new DeliveryOutcome.TemporaryFailure("HTTP 500") { Answer = $"HTTP 500: {new string('x', 600)}" }, new DeliveryOutcome.TemporaryFailure("slow down", BurnsAttempt: false),
            new DeliveryOutcome.TemporaryFailure("no answer"), new DeliveryOutcome.PermanentFailure("no such tenant"), new DeliveryOutcome.Sent("250 OK"));
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Failed);
        Assert.Equal(1, await _shop.Distribution(visits).RetryFailedAsync(null));
        Assert.Equal(1, (await _shop.SettledAsync(visits, 1)).Recovered);

        var message = Assert.Single(await _shop.MessagesAsync(visits));
        var attempts = (await AttemptsAsync(visits, message.Id))!.Attempts;
        Assert.Equal(
            [(1, "retrying", $"HTTP 500: {new string('x', 490)}"), (2, "retrying", "no answer"), (3, "failed", "no such tenant"), (4, "sent", "250 OK")],
            attempts.Select(attempt => (attempt.Number, attempt.Outcome, attempt.Answer!)));
        Assert.All(attempts, attempt => Assert.InRange(attempt.FinishedAt, attempt.StartedAt!.Value, _engine.Now));
        Assert.Equal(attempts.Select(attempt => attempt.FinishedAt).Order(), attempts.Select(attempt => attempt.FinishedAt));
    }

    [Fact]
    public async Task Of_one_that_was_sent_at_once_it_is_known_when_and_of_one_that_was_never_tried_nothing()
    {
        await _shop.GivenCustomerAsync("ann");
        await _shop.SaveAsync("nobody", new Customers.CustomerPatch { Present = Customers.CustomerFields.Name, Name = "Nobody" });
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("ann", "visit");
        await _shop.TrackAsync("nobody", "visit");
        await _shop.SettledAsync(visits, 2);
        var sent = await _shop.MessageToAsync(visits, "ann");
        Assert.Equal(
            new MessageAttempt { Number = 1, FinishedAt = sent.FinishedAt!.Value, Outcome = "sent" }, Assert.Single((await AttemptsAsync(visits, sent.Id))!.Attempts));
        Assert.Empty((await AttemptsAsync(visits, (await _shop.MessageToAsync(visits, "nobody")).Id))!.Attempts);
        Assert.Null(await AttemptsAsync(visits, "msg_1"));
        Assert.Null(await AttemptsAsync("dis_none", sent.Id));

        // Of another distribution it is none.
        Assert.Null(await AttemptsAsync(await _shop.GivenActiveAsync(_shop.OnEvent("other")), sent.Id));
    }

    [Fact]
    public async Task One_failed_message_is_tried_again_and_the_others_are_not()
    {
        await _shop.GivenCustomersAsync(2);
        _engine.Channel.Answer(_shop, "c0", new DeliveryOutcome.PermanentFailure("no"));
        _engine.Channel.Answer(_shop, "c1", new DeliveryOutcome.PermanentFailure("no"));
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.TrackAsync("c0", "visit");
        await _shop.TrackAsync("c1", "visit");
        await _shop.SettledAsync(visits, 2);
        Assert.Equal(1, await _shop.Distribution(visits).RetryFailedAsync([(await _shop.MessageToAsync(visits, "c1")).Id]));
        var counts = await _shop.SettledAsync(visits, 2);
        Assert.Equal((1, 1), (counts.Sent, counts.Failed));
        Assert.Equal(("failed", "sent"), ((await _shop.MessageToAsync(visits, "c0")).Status, (await _shop.MessageToAsync(visits, "c1")).Status));
    }

    [Fact]
    public void No_channel_tries_for_ever() => Assert.All(_engine.Service<ChannelRegistry>().All, channel =>
    {
        Assert.Contains(Enumerable.Range(1, 20), failed => channel.RetryDelay(failed) is null);
        Assert.InRange(channel.DeferralLimit, TimeSpan.Zero, TimeSpan.FromDays(1));
    });

    [Fact]
    public async Task Messages_say_where_they_go()
    {
        await _shop.GivenCustomerAsync("Ann");
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Channels = [Shop.Through("test"), Shop.Through("hook")] });
        await _shop.TrackAsync("Ann", "visit");
        await _shop.SettledAsync(visits, 2);
        Assert.Equal([("hook", null), ("test", "ann@example.com")], (await _shop.MessagesAsync(visits)).Select(message => (message.Channel, message.Address)).Order());
    }

    private Task<MessageAttempts?> AttemptsAsync(string distribution, string message) => _engine.Grains.DistributionQueries(_shop.Number).AttemptsAsync(distribution, message);
}
