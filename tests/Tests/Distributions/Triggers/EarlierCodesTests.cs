using Marketing.Behaviour;
using Marketing.Catalogue;
using Xunit;
using static Marketing.Distributions.ShopCodes;

namespace Marketing.Distributions;

/// <summary>Codes that customers have when a distribution about them begins.</summary>
public sealed class EarlierCodesTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;
    private ShopCodes _codes = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
        _codes = new ShopCodes(_engine, _shop);
        await _shop.GivenCustomerAsync(Ann);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Those_whose_time_is_yet_to_come_are_told_of_once()
    {
        var (campaign, other) = (await _codes.GivenAsync(), await _codes.GivenAsync());
        var past = await _codes.PublishAsync(campaign);
        _engine.Pass(TimeSpan.FromDays(4));
        var redeemed = await _codes.PublishAsync(campaign);
        await _codes.RedeemAsync(redeemed);
        await _codes.PublishAsync(other);
        var published = _engine.Now;
        var code = await _codes.PublishAsync(campaign);
        _engine.Pass(TimeSpan.FromDays(1));
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        await _shop.CountAsync(reminder, counts => counts.Audience == 1);
        Assert.Equal(published.AddDays(3), (await _shop.MessageToAsync(reminder, Ann)).DueAt);
        _engine.Pass(TimeSpan.FromDays(2));
        Assert.Equal(1, (await _shop.SettledAsync(reminder, 1)).Sent);
        Assert.Equal(code, CodeOf(Assert.Single(_engine.Channel.ReceivedFor(reminder))));
        Assert.NotEqual(past, code);
    }

    [Fact]
    public async Task Those_of_several_at_once_and_those_that_expire_are_told_of_too()
    {
        var campaign = await _codes.GivenAsync(fields: InMarch);
        await _codes.PublishAsync(campaign, count: 2);
        var soon = await _codes.GivenLiveAsync(TriggerCatalogue.ExpiresSoon, campaign, 7);
        await _shop.CountAsync(soon, counts => counts.Audience == 2);
        await _codes.PublishAsync(campaign);
        _engine.Pass(At(24) - _engine.Now);
        Assert.Equal(3, (await _shop.SettledAsync(soon, 3)).Sent);
    }

    [Fact]
    public async Task Those_published_while_it_was_paused_are_found_when_it_goes_on_and_no_other_twice()
    {
        var campaign = await _codes.GivenAsync();
        var reminder = await _codes.GivenLiveAsync(TriggerCatalogue.NotRedeemed, campaign, 3);
        await _codes.PublishAsync(campaign);
        await _shop.PauseAsync(reminder);
        await _codes.PublishAsync(campaign);
        Assert.Equal(1, (await _shop.CountsAsync(reminder)).Audience);
        await _shop.ResumeAsync(reminder);
        await _shop.CountAsync(reminder, counts => counts.Audience == 2);
        _engine.Pass(TimeSpan.FromDays(3));
        Assert.Equal(2, (await _shop.SettledAsync(reminder, 2)).Sent);
    }

    [Fact]
    public async Task One_that_starts_later_looks_for_them_then()
    {
        var campaign = await _codes.GivenAsync();
        await _codes.PublishAsync(campaign);
        var reminder = await _shop.GivenActiveAsync(_codes.On(TriggerCatalogue.NotRedeemed, campaign, 3) with { StartsAt = _engine.Now.AddDays(1) });
        await _codes.PublishAsync(campaign);
        Assert.Equal(0, (await _shop.CountsAsync(reminder)).Audience);
        await _engine.StopAsync();
        _engine.Pass(TimeSpan.FromDays(1));
        await _engine.StartAgainAsync();
        await _shop.CountAsync(reminder, counts => counts.Audience == 2);
    }
}
