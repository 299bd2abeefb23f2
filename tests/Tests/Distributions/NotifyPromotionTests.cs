using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Catalogue;
using Marketing.Promotions;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Messages that tell of a promotion tier.</summary>
public sealed class NotifyPromotionTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_message_tells_of_the_tier_as_it_is_when_it_is_sent()
    {
        var tier = await _shop.GivenTierAsync();
        await _shop.GivenCustomersAsync(2);
        var distribution = await _shop.GivenActiveAsync(Of(tier));
        await _shop.TrackAsync("c0", "visit");
        await _shop.SettledAsync(distribution, 1);
        Assert.IsType<PromotionResult.Saved>(await Promotions.ChangeTierAsync(tier, new PromotionTierCommand { Fields = RawJson.Parse("""{"banner":"today only"}""") }));
        await _shop.TrackAsync("c1", "visit");
        Assert.Equal(2, (await _shop.SettledAsync(distribution, 2)).Sent);
        Assert.Equal(["10% off", "today only"], _engine.Channel.ReceivedFor(distribution).Select(static message =>
            JsonElement.Parse(message.Trigger.Data.Span).GetProperty("promotion_tier").GetProperty("banner").GetString()));
    }

    [Fact]
    public async Task While_the_tier_is_disabled_nothing_is_sent_and_nothing_is_lost()
    {
        var tier = await _shop.GivenTierAsync();
        await _shop.GivenCustomersAsync(1);
        var distribution = await _shop.GivenActiveAsync(Of(tier));
        Assert.IsType<PromotionResult.Saved>(await Promotions.SetTierActiveAsync(tier, false));
        await _shop.TrackAsync("c0", "visit");
        await _shop.IsAsync(distribution, DistributionStatuses.Paused);
        Assert.Empty(_engine.Channel.ReceivedFor(distribution));
        Assert.IsType<PromotionResult.Saved>(await Promotions.SetTierActiveAsync(tier, true));
        await _engine.EventuallyAsync(async () => (await _shop.CountsAsync(distribution)).Sent == 1);
        Assert.Equal(DistributionStatuses.Live, await _shop.StatusAsync(distribution));
    }

    [Theory]
    [InlineData(null, "is required")]
    [InlineData("promo_other", "there is no such promotion tier")]
    public async Task A_draft_names_a_tier_that_there_is(string? tier, string problem)
    {
        var draft = await _shop.GivenDistributionAsync(_shop.On(TriggerCatalogue.OrderPaid) with { Action = new ActionDefinition { Type = ActionCatalogue.NotifyPromotion, PromotionTierId = tier } });
        var found = Assert.Single((await _shop.Distribution(draft).ValidateAsync())!.Problems);
        Assert.Equal(("action.promotion_tier_id", problem), (found.Field, found.Message));
    }

    private IPromotionsGrain Promotions => _engine.Grains.Promotions(_shop.Number);

    private DistributionDraft Of(string tier) =>
        _shop.On(TriggerCatalogue.CustomEvent, customEvent: "visit") with { Action = new ActionDefinition { Type = ActionCatalogue.NotifyPromotion, PromotionTierId = tier } };
}
