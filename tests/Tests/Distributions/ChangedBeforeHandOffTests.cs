using Marketing.Behaviour;
using Xunit;

namespace Marketing.Distributions;

/// <summary>What changes between the event and the hand-off, which comes when the test lets the delay pass.</summary>
public sealed class ChangedBeforeHandOffTests : IAsyncLifetime
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    private Engine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartInTimeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_customer_deleted_before_hand_off_is_skipped()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        await shop.GivenCustomerAsync("bob");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Delay = Later });
        await shop.TrackAsync("ann", "visit");
        await shop.TrackAsync("bob", "visit");
        await shop.DeleteAsync("ann");

        _engine.Pass(Later);
        var counts = await shop.SettledAsync(visits, 2);
        Assert.Equal((1, 1), (counts.Sent, counts.Skipped));
        Assert.Equal("customer_deleted", Assert.Single(await shop.MessagesAsync(visits), message => message.Status == "skipped").Reason);
        Assert.Equal(["bob"], shop.ReceiversOf(visits));
    }

    [Fact]
    public async Task A_message_is_sent_to_the_address_of_the_moment()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit") with { Delay = Later });
        await shop.TrackAsync("ann", "visit");
        await shop.SaveAsync("ann", new Customers.CustomerPatch { Present = Customers.CustomerFields.Email, Email = "new@example.com" });

        _engine.Pass(Later);
        await shop.SettledAsync(visits, 1);
        Assert.Equal("new@example.com", Assert.Single(shop.Received(visits)).Recipient.Email);
    }

    [Fact]
    public async Task A_channel_taken_out_of_a_live_distribution_skips_what_it_still_owed()
    {
        var shop = await _engine.NewShopAsync();
        await shop.GivenCustomerAsync("ann");
        var draft = shop.OnEvent("visit") with { Delay = Later, Channels = [Shop.Through("test"), Shop.Through("hook")] };
        var visits = await shop.GivenActiveAsync(draft);
        await shop.TrackAsync("ann", "visit");
        await shop.EditAsync(visits, draft with { Channels = [Shop.Through("test")] });

        _engine.Pass(Later);
        var counts = await shop.SettledAsync(visits, 2);
        Assert.Equal((1, 1), (counts.Sent, counts.Skipped));
        Assert.Equal("channel_removed", Assert.Single(await shop.MessagesAsync(visits), message => message.Channel == "hook").Reason);
    }
}
