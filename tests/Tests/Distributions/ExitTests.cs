using Marketing.Behaviour;
using Marketing.Catalogue;
using Xunit;
using static Marketing.Distributions.ShopCodes;

namespace Marketing.Distributions;

/// <summary>Messages that became needless while they waited. Each test moves its own clock.</summary>
public sealed class ExitTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync(("Distributions:ManualDelay", "00:00:00"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Who_paid_or_canceled_meanwhile_is_not_reminded_of_the_cart()
    {
        await _shop.GivenCustomersAsync(4);
        var reminder = await _shop.GivenActiveAsync(_shop.On(TriggerCatalogue.OrderCreated) with { Delay = Hour, ExitWhen = [ExitConditions.OrderPaid, ExitConditions.OrderCanceled] });
        for (var i = 0; i < 4; i++)
        {
            await _shop.OrderAsync($"ord_{i}", $"c{i}", "CREATED", 1000);
        }

        await _shop.OrderAsync("ord_1", null, "PAID");
        await _shop.OrderAsync("ord_2", null, "FULFILLED");
        await _shop.OrderAsync("ord_3", null, "CANCELED");
        _engine.Pass(Hour);
        var counts = await _shop.SettledAsync(reminder, 4);
        Assert.Equal((1, 3), (counts.Sent, counts.Skipped));
        Assert.Equal(["c0"], _shop.ReceiversOf(reminder));
        Assert.Equal("order_paid", (await _shop.MessageToAsync(reminder, "c1")).Reason);
        Assert.Equal("order_paid", (await _shop.MessageToAsync(reminder, "c2")).Reason);
        Assert.Equal("order_canceled", (await _shop.MessageToAsync(reminder, "c3")).Reason);
    }

    [Fact]
    public async Task Who_left_the_segment_meanwhile_is_not_welcomed()
    {
        await _shop.GivenCustomersAsync(2);
        var gold = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var welcome = await _shop.GivenActiveAsync(_shop.OnEntering(gold) with { Delay = Hour, ExitWhen = [ExitConditions.LeftSegment] });
        await _shop.PutOnPlanAsync("c0", "gold");
        await _shop.PutOnPlanAsync("c1", "gold");
        await _shop.PutOnPlanAsync("c1", "free");
        _engine.Pass(Hour);
        var counts = await _shop.SettledAsync(welcome, 2);
        Assert.Equal((1, 1), (counts.Sent, counts.Skipped));
        Assert.Equal("left_segment", (await _shop.MessageToAsync(welcome, "c1")).Reason);
    }

    [Fact]
    public async Task A_code_that_was_used_meanwhile_needs_no_message_unless_it_was_given_back()
    {
        await _shop.GivenCustomerAsync(Ann);
        var codes = new ShopCodes(_engine, _shop);
        var campaign = await codes.GivenAsync();
        var reminder = await _shop.GivenActiveAsync(_shop.On(TriggerCatalogue.Published) with
        {
            Trigger = new TriggerDefinition { Type = TriggerCatalogue.Published, CampaignId = campaign },
            Action = new ActionDefinition { Type = ActionCatalogue.PublishedCode },
            Delay = Hour,
            ExitWhen = [ExitConditions.CodeRedeemed],
        });
        await codes.PublishAsync(campaign);
        await codes.RedeemAsync(await codes.PublishAsync(campaign));
        var back = await codes.RedeemAsync(await codes.PublishAsync(campaign));
        await codes.RollBackAsync(back);
        _engine.Pass(Hour);
        var counts = await _shop.SettledAsync(reminder, 3);
        Assert.Equal((2, 1), (counts.Sent, counts.Skipped));
        Assert.Equal(["redeemed"], await codes.ReasonsAsync(reminder));
    }

    [Fact]
    public async Task What_cannot_come_true_is_refused_by_name()
    {
        var draft = _shop.OnEvent("visit") with { ExitWhen = [ExitConditions.OrderPaid] };
        var problems = Assert.IsType<DistributionResult.Invalid>(await _shop.Distribution(await _shop.GivenDistributionAsync(draft)).ActivateAsync()).Problems;
        Assert.Equal(("exit_when", "does not go with the trigger customer.custom_event"), (Assert.Single(problems).Field, problems[0].Message));
        draft = _shop.On(TriggerCatalogue.OrderPaid) with { ExitWhen = [ExitConditions.OrderCanceled, ExitConditions.OrderPaid] };
        problems = Assert.IsType<DistributionResult.Invalid>(await _shop.Distribution(await _shop.GivenDistributionAsync(draft)).ActivateAsync()).Problems;
        Assert.Equal("may be order_canceled with the trigger customer.order.paid, not order_paid", Assert.Single(problems).Message);
    }
}
