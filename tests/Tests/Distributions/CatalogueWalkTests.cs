using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Orders;
using Marketing.Publications;
using Marketing.Redemptions;
using Marketing.Vouchers;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Every trigger with every action that goes with it, through every channel: from the call that causes the event to the message that arrives.</summary>
public sealed class CatalogueWalkTests : IAsyncLifetime
{
    private const string Ann = "ann";

    private Engine _engine = null!;
    private Shop _shop = null!;
    private string _campaign = "";
    private string _code = "";

    public static TheoryData<string, string, string> Walks() =>
        [.. from trigger in TriggerCatalogue.All from action in trigger.Actions from channel in new[] { "test", "hook" } select (trigger.Type, action, channel)];

    public async ValueTask InitializeAsync()
    {
        // Some triggers have days to wait.
        _engine = await Engine.StartInTimeAsync(("Distributions:ManualDelay", "00:00:00"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task From_what_happens_to_the_message(string trigger, string action, string channel)
    {
        await _shop.GivenCustomerAsync(Ann);
        var loyalty = WalkedLoyalty.IsOf(trigger) ? await WalkedLoyalty.MakeAsync(_engine, _shop, trigger) : null;
        var referral = WalkedReferral.IsOf(trigger) ? await WalkedReferral.MakeAsync(_engine, _shop, Ann, trigger) : null;
        await (loyalty is null ? GivenCodesAsync() : Task.CompletedTask);
        _campaign = loyalty?.Campaign ?? referral?.Campaign ?? _campaign;
        var segment = await _shop.GivenSegmentAsync("""{"junction":"and","metadata.plan":{"conditions":{"$is":["gold"]}}}""");
        var draft = trigger == TriggerCatalogue.Manual
            ? _shop.ToCustomer(Ann)
            : _shop.On(trigger, customEvent: trigger == TriggerCatalogue.CustomEvent ? "visit" : null);
        draft = draft with
        {
            Trigger = TriggerCatalogue.Find(trigger)!.Selector switch
            {
                { Field: "segment_id" } => draft.Trigger! with { SegmentId = segment },
                { Field: "campaign_id" } => draft.Trigger! with { CampaignId = _campaign, Days = TriggerCatalogue.Find(trigger)!.NeedsDays ? 3 : null, Points = TriggerCatalogue.Find(trigger)!.TakesPoints ? 3 : null },
                _ => draft.Trigger,
            },
            Action = new ActionDefinition
            {
                Type = action,
                CampaignId = action == ActionCatalogue.PublishCodes ? _campaign : null,
                PromotionTierId = action == ActionCatalogue.NotifyPromotion ? await _shop.GivenTierAsync() : null,
            },
            Channels = [Shop.Through(channel)],
        };
        var happen = referral is not null ? referral.HappenAsync : loyalty is null ? await PrepareAsync(trigger) : await loyalty.PrepareAsync(trigger, Ann);
        var distribution = await _shop.GivenActiveAsync(draft);
        Assert.IsType<PreviewResult.Rendered>(await _shop.Distribution(distribution).PreviewAsync(Ann));
        await happen();

        Assert.Equal(1, (await _shop.SettledAsync(distribution, 1)).Sent);
        var message = Assert.Single((channel == "test" ? _engine.Channel : _engine.Hook).ReceivedFor(distribution));
        Assert.Equal(Ann, message.Recipient.Id);
        var data = JsonElement.Parse(message.Trigger.Data.Span);
        Assert.All(
            TriggerCatalogue.Find(trigger)!.Variables.Where(static variable => variable is not ("promotion_tier" or "points")).Except(trigger == TriggerCatalogue.RewardedPoints ? new[] { "order", "event", "loyalty_tier" } : []).Concat(ActionCatalogue.Find(action)!.Variables).Distinct(),
            variable => Assert.Equal(JsonValueKind.Object, data.GetProperty(variable).ValueKind));
    }

    // What comes before the distribution is live, and what then starts it.
    private async Task<Func<Task>> PrepareAsync(string trigger)
    {
        switch (trigger)
        {
            case TriggerCatalogue.Manual:
                return () => Task.CompletedTask;
            case TriggerCatalogue.SegmentEntered:
                return () => _shop.PutOnPlanAsync(Ann, "gold");
            case TriggerCatalogue.SegmentLeft:
                await _shop.PutOnPlanAsync(Ann, "gold");
                return () => _shop.PutOnPlanAsync(Ann, null);
            case TriggerCatalogue.OrderCreated:
                return () => _shop.OrderAsync("o", Ann);
            case TriggerCatalogue.OrderUpdated:
                await _shop.OrderAsync("o", Ann);
                return () => _shop.OrderAsync("o", Ann, amount: 5);
            case TriggerCatalogue.OrderPaid:
                return () => _shop.OrderAsync("o", Ann, "PAID");
            case TriggerCatalogue.OrderCanceled:
                await _shop.OrderAsync("o", Ann, "PAID");
                return () => _shop.OrderAsync("o", Ann, "CANCELED");
            case TriggerCatalogue.OrderFulfilled:
                return () => _shop.OrderAsync("o", Ann, "FULFILLED");
            case TriggerCatalogue.CustomEvent:
                return () => _shop.TrackAsync(Ann, "visit");
            case TriggerCatalogue.Published:
                return PublishAsync;
            case TriggerCatalogue.NotRedeemed or TriggerCatalogue.ExpiresSoon:
                return async () =>
                {
                    await PublishAsync();
                    _engine.Pass(TimeSpan.FromDays(8));
                };
            case TriggerCatalogue.CreditsAdjusted:
                await PublishAsync();
                return async () => Assert.IsType<VoucherResult.Saved>(await _engine.Grains.Voucher(_shop.Number, await VoucherIdAsync()).ChangeBalanceAsync(new CreditsChange(500, null, null), Shop.Context()));
            case TriggerCatalogue.Redeemed:
                return RedeemAsync;
            case TriggerCatalogue.RolledBack:
                var redeemed = await RedeemAsync();
                return async () => Assert.IsType<RedemptionResult.Done>(await _engine.Grains.Redemptions(_shop.Number).RollBackAsync(
                    new RollbackCommand { Id = ObjectIds.New("rr_"), RedemptionId = redeemed }, Shop.Context()));
            default:
                throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "Say here what causes it.");
        }
    }

    private async Task GivenCodesAsync()
    {
        _campaign = ObjectIds.New("camp_");
        Assert.IsType<CampaignResult.Saved>(await _engine.Grains.Campaign(_shop.Number, _campaign).CreateAsync(
            new CampaignCommand { Name = _campaign, Type = CampaignTypes.Static, Voucher = RawJson.Parse("""{"gift":{"amount":1000}}"""), VouchersCount = 2, Fields = RawJson.Parse("""{"expiration_date":"2030-03-11T12:00:00Z"}""") }, Shop.Context()));
        await _engine.EventuallyAsync(async () => await FirstCodeAsync() is not null);
        _code = (await FirstCodeAsync())!;
    }

    private async Task<string?> FirstCodeAsync()
    {
        var page = (await _engine.Grains.VoucherQueries(_shop.Number).ListAsync(new VoucherListQuery { Limit = 1, Page = 1, Order = "created_at", Campaign = _campaign })).Page;
        return page?.Items is [var voucher] ? voucher.ToElement().GetProperty("code").GetString() : null;
    }

    private async Task<string> VoucherIdAsync() => (await _engine.Grains.VoucherQueries(_shop.Number).FindIdAsync(_code))!;

    private async Task PublishAsync() => Assert.IsType<PublicationResult.Published>(await _engine.Grains.Publications(_shop.Number).PublishAsync(
        new PublishCommand { Id = ObjectIds.New("pub_"), CustomerId = Ann, Voucher = _code, Channel = "API", Metadata = RawJson.EmptyObject }, Shop.Context()));

    private async Task<string> RedeemAsync()
    {
        var id = ObjectIds.New("r_");
        var result = await _engine.Grains.Redemptions(_shop.Number).RedeemAsync(
            new RedemptionCommand
            {
                Id = id,
                Redeemables = [new RedeemableReference(RedeemableReference.Voucher, _code, null)],
                CustomerId = Ann,
                Order = new OrderCommand { Amount = 300 },
                OrderId = "o-redeemed",
            },
            Shop.Context());
        Assert.IsType<RedemptionResult.Done>(result);
        return id;
    }
}
