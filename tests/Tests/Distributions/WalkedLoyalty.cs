using Marketing.Behaviour;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Orders;
using Marketing.Publications;
using Marketing.Redemptions;
using Marketing.Rewards;
using Xunit;

namespace Marketing.Distributions;

/// <summary>A loyalty programme, and what causes each of its events.</summary>
internal sealed class WalkedLoyalty(Engine engine, Shop shop, string campaign)
{
    private static readonly string[] Triggers =
    [
        TriggerCatalogue.PointsAdjusted, TriggerCatalogue.PointsExpired, TriggerCatalogue.PendingAdded, TriggerCatalogue.PendingUpdated, TriggerCatalogue.PendingActivated, TriggerCatalogue.PendingCanceled,
        TriggerCatalogue.RewardedPoints, TriggerCatalogue.TierJoined, TriggerCatalogue.TierLeft, TriggerCatalogue.TierUpgraded, TriggerCatalogue.TierDowngraded, TriggerCatalogue.TierProlonged,
        TriggerCatalogue.RewardRedeemed,
        TriggerCatalogue.PointsExpireSoon, TriggerCatalogue.TierExpiresSoon, TriggerCatalogue.TierNear,
    ];

    private string _card = "";

    public string Campaign => campaign;

    public static bool IsOf(string trigger) => Triggers.Contains(trigger);

    public static async Task<WalkedLoyalty> MakeAsync(Engine engine, Shop shop, string trigger)
    {
        var id = ObjectIds.New("camp_");
        var tiering = trigger is TriggerCatalogue.TierProlonged or TriggerCatalogue.TierExpiresSoon ? """{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"CUSTOM","extend":"P1M"}}""" : """{"qualification_type":"BALANCE"}""";
        Assert.IsType<CampaignResult.Saved>(await engine.Grains.Campaign(shop.Number, id).CreateAsync(
            new CampaignCommand { Name = id, Type = CampaignTypes.AutoUpdate, Voucher = RawJson.Parse("""{"loyalty_card":{"points":0}}"""), Fields = RawJson.Parse($$"""{"loyalty_tiers_expiration":{{tiering}}}""") }, Shop.Context()));
        var made = new WalkedLoyalty(engine, shop, id);
        await made.RuleAsync("""{"loyalty":{"type":"FIXED","points":5},"pending_points":{"period_type":"DAY","period_value":2}}""", "order.paid");
        await made.RuleAsync("""{"loyalty":{"type":"FIXED","points":5}}""", "visit");
        Assert.IsType<LoyaltyResult.AllSaved>(await engine.Grains.LoyaltyProgram(shop.Number, id).CreateTiersAsync(
            [
                new LoyaltyTierCommand(ObjectIds.New("ltr_"), "Silver", RawJson.Parse("""{"points":{"from":10}}"""), null),
                new LoyaltyTierCommand(ObjectIds.New("ltr_"), "Gold", RawJson.Parse("""{"points":{"from":20}}"""), null),
            ],
            Shop.Context()));
        return made;
    }

    /// <summary>What comes before the distribution is live, and what then starts it.</summary>
    public async Task<Func<Task>> PrepareAsync(string trigger, string customer)
    {
        var published = Assert.IsType<PublicationResult.Published>(await engine.Grains.Publications(shop.Number).PublishAsync(
            new PublishCommand { Id = ObjectIds.New("pub_"), CustomerId = customer, Campaign = campaign, Channel = "API", Metadata = RawJson.EmptyObject }, Shop.Context()));
        _card = published.Publication.ToElement().GetProperty("voucher").GetProperty("id").GetString()!;
        switch (trigger)
        {
            case TriggerCatalogue.PointsAdjusted:
                return () => ChangeAsync(5);
            case TriggerCatalogue.PointsExpired:
                await ChangeAsync(5);
                return () => PassAsync(1);
            case TriggerCatalogue.PendingAdded:
                return () => shop.OrderAsync("o", customer, "PAID");
            case TriggerCatalogue.PendingUpdated or TriggerCatalogue.PendingActivated or TriggerCatalogue.PendingCanceled:
                await shop.OrderAsync("o", customer, "PAID");
                return () => ChangePendingAsync(trigger);
            case TriggerCatalogue.RewardRedeemed:
                await ChangeAsync(10);
                var reward = await GivenRewardAsync();
                return () => RedeemAsync(reward);
            case TriggerCatalogue.RewardedPoints:
                return () => shop.TrackAsync(customer, "visit");
            case TriggerCatalogue.TierJoined:
                return () => ChangeAsync(10);
            case TriggerCatalogue.TierLeft:
                await ChangeAsync(10);
                return () => ChangeAsync(-5);
            case TriggerCatalogue.TierUpgraded:
                await ChangeAsync(10);
                return () => ChangeAsync(10);
            case TriggerCatalogue.TierDowngraded:
                await ChangeAsync(20);
                return () => ChangeAsync(-5);
            case TriggerCatalogue.TierProlonged:
                await ChangeAsync(10, PointsExpiry.Never);
                return () => PassAsync(32);
            case TriggerCatalogue.PointsExpireSoon:
                return () => ChangeAsync(5);
            case TriggerCatalogue.TierNear:
                return () => ChangeAsync(8);
            case TriggerCatalogue.TierExpiresSoon:
                await ChangeAsync(10);
                return () => PassAsync(29);
            default:
                throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "Say here what causes it.");
        }
    }

    private async Task ChangeAsync(long points, PointsExpiry expiry = PointsExpiry.Date) => Assert.IsType<LoyaltyResult.Saved>(await engine.Grains.LoyaltyCard(shop.Number, _card).ChangeBalanceAsync(
        new PointsChange { Points = points, Expiry = expiry, Ends = DateOnly.FromDateTime(engine.Now.UtcDateTime) }, Shop.Context()));

    // A code of another campaign.
    private async Task<string> GivenRewardAsync()
    {
        var (coupons, reward) = (ObjectIds.New("camp_"), ObjectIds.New("rew_"));
        Assert.IsType<CampaignResult.Saved>(await engine.Grains.Campaign(shop.Number, coupons).CreateAsync(
            new CampaignCommand { Name = coupons, Type = CampaignTypes.AutoUpdate, Voucher = RawJson.Parse("""{"discount":{"type":"PERCENT","percent_off":10}}"""), Fields = RawJson.EmptyObject }, Shop.Context()));
        Assert.IsType<RewardResult.Saved>(await engine.Grains.Rewards(shop.Number).CreateAsync(
            new RewardCommand { Id = reward, Name = "10 off", Parameters = RawJson.Parse($$$"""{"campaign":{"id":"{{{coupons}}}"}}""") }, Shop.Context()));
        Assert.IsType<RewardResult.AllSaved>(await engine.Grains.Rewards(shop.Number).AssignAsync(
            [new RewardAssignmentCommand { Id = ObjectIds.New("rewa_"), Reward = reward, Campaign = campaign, Points = 5 }], Shop.Context()));
        return reward;
    }

    private async Task RedeemAsync(string reward) => Assert.IsType<RedemptionResult.Done>(await engine.Grains.Redemptions(shop.Number).RedeemAsync(
        new RedemptionCommand
        {
            Id = ObjectIds.New("r_"),
            Redeemables = [new RedeemableReference(RedeemableReference.Voucher, _card, null) { Reward = new RewardChoice(reward, null) }],
            Order = new OrderCommand { Amount = 300 },
            OrderId = "o-rewarded",
        },
        Shop.Context()));

    private async Task PassAsync(int days)
    {
        engine.Pass(TimeSpan.FromDays(days));
        await engine.Grains.LoyaltyNight(shop.Number).RunAsync();
    }

    private async Task ChangePendingAsync(string trigger)
    {
        var id = (await engine.Grains.LoyaltyQueries(shop.Number).PendingAsync(_card, null, new PendingQuery(1, true, null)))!.Items[0].ToElement().GetProperty("id").GetString()!;
        var card = engine.Grains.LoyaltyCard(shop.Number, _card);
        Assert.IsType<LoyaltyResult.Saved>(trigger switch
        {
            TriggerCatalogue.PendingUpdated => await card.AdjustAsync(id, 1, Shop.Context()),
            TriggerCatalogue.PendingActivated => await card.ActivateAsync(id, Shop.Context()),
            _ => await card.CancelAsync(id, Shop.Context()),
        });
    }

    private async Task RuleAsync(string fields, string on) => Assert.IsType<LoyaltyResult.AllSaved>(await engine.Grains.LoyaltyProgram(shop.Number, campaign).CreateRulesAsync(
        [new EarningRuleCommand(ObjectIds.New("ern_"), on, true, RawJson.Parse(fields), null)], Shop.Context()));
}
