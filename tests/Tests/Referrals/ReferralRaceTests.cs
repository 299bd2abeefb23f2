using Marketing.Api;
using Xunit;

namespace Marketing.Referrals;

[Collection(ApiTests.Name)]
public sealed class ReferralRaceTests(ApiHost api)
{
    private const int Callers = 64;
    private const string Rewarded = "customer.rewarded";

    [Fact]
    public async Task Of_many_who_bring_the_same_customer_at_once_one_does()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"gift":{"amount":0}}}""")).Ok();
        const string Reward = """{"type":"GIFT_VOUCHER","amount":500,"related_object_parent":{"name":"Gifts"}}""";
        await bring.NewAsync(ReferralShop.Program($$$"""{"conversion_event_type":"custom_event","custom_event":{"name":"signed_up"},"referee_reward":{{{Reward}}},"referral_tiers":[{"reward":{{{Reward}}}}]}"""));
        var codes = new List<string>();
        for (var referrer = 0; referrer < 8; referrer++)
        {
            codes.Add(await bring.PublishAsync($"r{referrer}"));
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => bring.TrackAsync("signed_up", "bob", codes[caller % codes.Count]))));
        Assert.All(answers, static answer => Assert.Equal(200, answer.Status));
        Assert.Equal(1, await bring.ReferralsAsync("bob"));
        await bring.UntilHappenedAsync("bob", Rewarded, 1);
        var winner = (await bring.CustomerAsync("bob")).GetProperty("referrals").GetProperty("campaigns")[0].GetProperty("referrer_id").GetString()!;
        await bring.UntilHappenedAsync(winner, Rewarded, 1);
        var (referred, given) = (0, 0);
        for (var referrer = 0; referrer < 8; referrer++)
        {
            referred += (await bring.CustomerAsync($"r{referrer}")).GetProperty("loyalty").GetProperty("referred_customers").GetInt32();
            given += (await bring.HeldAsync($"r{referrer}", "Gifts")).Sum(static card => card.GetProperty("gift").GetProperty("balance").GetInt32());
        }

        Assert.Equal((1, 500), (referred, given));
        Assert.Equal(500, Assert.Single(await bring.HeldAsync("bob", "Gifts")).GetProperty("gift").GetProperty("balance").GetInt32());
    }

    [Fact]
    public async Task Whomever_somebody_brings_at_once_is_counted_and_each_reward_is_given_once()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Coupons","type":"AUTO_UPDATE","voucher":{"discount":{"type":"PERCENT","percent_off":20}}}""")).Ok();
        (await shop.PostAsync("/v1/loyalties", """{"name":"Friends","type":"AUTO_UPDATE","voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":0}}}""")).Ok();
        await bring.NewAsync(ReferralShop.Program(
            """
            {"referral_tiers":[{"reward":{"type":"LOYALTY_CARD","amount":3,"related_object_parent":{"name":"Friends"}}},
             {"conversions":{"type":"AT_LEAST","count":10},"reward":{"type":"DISCOUNT_VOUCHER","related_object_parent":{"name":"Coupons"}}}]}
            """));
        var code = await bring.PublishAsync("ann");
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => bring.RedeemAsync(code, $"c{caller}"))));
        Assert.All(answers, static answer => Assert.Equal(200, answer.Status));
        await bring.BroughtAsync("ann", Callers);
        await bring.UntilHappenedAsync("ann", Rewarded, Callers + 1);
        Assert.Equal(3 * Callers, Assert.Single(await bring.HeldAsync("ann", "Friends")).GetProperty("loyalty_card").GetProperty("balance").GetInt32());
        Assert.Single(await bring.HeldAsync("ann", "Coupons"));
        Assert.Equal(Callers, (await shop.GetAsync("/v1/campaigns/Bring/summary")).Ok().GetProperty("referred_customers").GetInt32());
    }
}
