using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Referrals;

[Collection(ApiTests.Name)]
public sealed class ReferralApiTests(ApiHost api)
{
    private const string Referred = "customer.referred";
    private const string Rewarded = "customer.rewarded";

    [Fact]
    public async Task A_programme_has_the_fields_of_the_product()
    {
        using var shop = await api.NewProjectAsync();
        var made = (await shop.PostAsync("/v1/campaigns", ReferralShop.Program("""{"conversion_event_type":"custom_event","custom_event":{"name":"signed_up"}}"""))).Ok();
        Assert.Equal(("REFERRAL_PROGRAM", true), (made.GetProperty("campaign_type").GetString(), made.GetProperty("voucher").GetProperty("is_referral_code").GetBoolean()));
        Assert.Equal("""{"conversion_event_type":"custom_event","custom_event":{"name":"signed_up"}}""", made.GetProperty("referral_program").GetRawText());

        // The code is for all whom its holder brings.
        Assert.Equal(JsonValueKind.Null, made.GetProperty("voucher").GetProperty("redemption").GetProperty("quantity").ValueKind);
        var code = await new ReferralShop(shop).PublishAsync("ann");
        var voucher = (await shop.GetAsync($"/v1/vouchers/{code}")).Ok();
        Assert.True(voucher.GetProperty("is_referral_code").GetBoolean());
        Assert.Equal(voucher.GetProperty("holder_id").GetString(), voucher.GetProperty("referrer_id").GetString());
        Assert.Equal("REFERRER", (await shop.GetAsync("/v1/customers/ann/redeemables")).Ok().GetProperty("data")[0].GetProperty("holder_role").GetString());

        // Without its type it is told by its codes.
        var told = (await shop.PostAsync("/v1/campaigns", $$"""{"name":"Told","voucher":{{ReferralShop.Voucher}}}""")).Ok();
        Assert.Equal("REFERRAL_PROGRAM", told.GetProperty("campaign_type").GetString());
        Assert.Equal(2, (await shop.GetAsync("/v1/campaigns?campaign_type=REFERRAL_PROGRAM")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"conversion_event_type":"visit"}""", "referral_program.conversion_event_type")]
    [InlineData("""{"conversion_event_type":"custom_event"}""", "referral_program.custom_event")]
    [InlineData("""{"referee_reward":{"amount":5,"related_object_parent":{"id":"x"}}}""", "type")]
    [InlineData("""{"referee_reward":{"type":"GIFT_VOUCHER","related_object_parent":{"name":"Gifts"}}}""", "referral_program.referee_reward.amount")]
    [InlineData("""{"referee_reward":{"type":"DISCOUNT_VOUCHER","amount":5,"related_object_parent":{"name":"Gifts"}}}""", "referral_program.referee_reward.amount")]
    [InlineData("""{"referee_reward":{"type":"GIFT_VOUCHER","amount":5}}""", "related_object_parent")]
    [InlineData("""{"referee_reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{}}}""", "referral_program.referee_reward.related_object_parent.id")]
    [InlineData("""{"referee_reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"id":"camp_nothing"}}}""", "referral_program.referee_reward.related_object_parent.id")]
    [InlineData("""{"referee_reward":{"type":"LOYALTY_CARD","amount":5,"related_object_parent":{"name":"Gifts"}}}""", "referral_program.referee_reward.related_object_parent.id")]
    [InlineData("""{"referral_tiers":[{"conversions":{"type":"AT_LEAST"},"reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"name":"Gifts"}}}]}""", "referral_program.referral_tiers[0].conversions.count")]
    [InlineData("""{"referral_tiers":[{"reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"name":"Nothing"}}}]}""", "referral_program.referral_tiers[0].reward.related_object_parent.id")]
    [InlineData("""{"referral_tiers":[{}]}""", "reward")]
    [InlineData("""{"referral_tiers":[{"id":5,"reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"name":"Gifts"}}}]}""", "referral_program.referral_tiers[0].id' must be string")]
    [InlineData("""{"referral_tiers":[{"id":"a\nb","reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"name":"Gifts"}}}]}""", "referral_program.referral_tiers[0].id' must NOT contain control characters")]
    [InlineData(
        """{"referral_tiers":[{"id":"a","reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"name":"Gifts"}}},{"id":"a","reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"name":"Gifts"}}}]}""",
        "referral_program.referral_tiers[1].id")]
    public async Task A_programme_that_does_not_go_together_is_refused(string program, string field)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"gift":{"amount":100}}}""")).Ok();
        var answer = await shop.PostAsync("/v1/campaigns", ReferralShop.Program(program));
        Assert.Contains(field, answer.Error(400, answer.Body.GetProperty("key").GetString()!).GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await shop.GetAsync("/v1/campaigns")).Ok().GetProperty("total").GetInt32());

        // The same where it is changed.
        var id = await new ReferralShop(shop).NewAsync();
        Assert.Equal(400, (await shop.PutAsync($"/v1/campaigns/{id}", $$"""{"referral_program":{{program}}}""")).Status);
    }

    [Fact]
    public async Task Other_campaigns_have_no_referral_programme_and_a_programme_has_more_codes_than_one()
    {
        using var shop = await api.NewProjectAsync();
        var other = await shop.PostAsync("/v1/campaigns", """{"name":"Spring","voucher":{"discount":{"type":"PERCENT","percent_off":10}},"referral_program":{"conversion_event_type":"redemption"}}""");
        Assert.Contains("referral_program", other.Error(400, other.Body.GetProperty("key").GetString()!).GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal(400, (await shop.PostAsync("/v1/campaigns", ReferralShop.Program(more: ""","promotion":{"tiers":[{"name":"T","action":{"discount":{"type":"PERCENT","percent_off":10}}}]}""", name: "A"))).Status);
        Assert.Equal(400, (await shop.PostAsync("/v1/campaigns", ReferralShop.Program().Replace("AUTO_UPDATE", "STANDALONE", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Whoever_redeems_the_code_of_another_is_referred_once()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        var campaign = await bring.NewAsync();
        var (ofAnn, ofBob) = (await bring.PublishAsync("ann"), await bring.PublishAsync("bob"));
        var redemption = (await bring.RedeemAsync(ofAnn, "cid")).Ok().GetProperty("redemptions")[0].GetProperty("id").GetString();

        var cid = await bring.CustomerAsync("cid");
        var ann = (await bring.BroughtAsync("ann", 1)).GetProperty("id").GetString();
        Assert.Equal(1, cid.GetProperty("referrals").GetProperty("total").GetInt32());
        var referral = cid.GetProperty("referrals").GetProperty("campaigns")[0];
        Shape.Is(referral, "campaign_id referrer_id related_object_id related_object_type date");
        Assert.Equal((campaign, ann, redemption, "redemption"), (Text("campaign_id"), Text("referrer_id"), Text("related_object_id"), Text("related_object_type")));
        Assert.Equal(1, (await bring.CustomerAsync("ann")).GetProperty("loyalty").GetProperty("campaigns").GetProperty("Bring").GetProperty("referred_customers").GetInt32());

        var told = Assert.Single(await bring.HappenedAsync("cid", Referred));
        Shape.Is(told, "customer referrer campaign voucher custom_event redemption");
        Assert.Equal(("ann", ofAnn, redemption), (told.GetProperty("referrer").GetProperty("source_id").GetString(), told.GetProperty("voucher").GetProperty("code").GetString(), told.GetProperty("redemption").GetProperty("id").GetString()));
        Assert.Single(await bring.HappenedAsync("cid", "customer.holder.assignment.created"));

        // Neither the same code again nor that of another makes another referral, and both can be redeemed.
        (await bring.RedeemAsync(ofAnn, "cid")).Ok();
        (await bring.RedeemAsync(ofBob, "cid")).Ok();
        (await bring.RedeemAsync(ofAnn, "dan")).Ok();
        await bring.BroughtAsync("ann", 2);
        Assert.Equal((1, 1), (await bring.ReferralsAsync("cid"), await bring.ReferralsAsync("dan")));
        Assert.Equal(0, (await bring.CustomerAsync("bob")).GetProperty("loyalty").GetProperty("referred_customers").GetInt32());
        Assert.Equal(2, (await shop.GetAsync($"/v1/campaigns/{campaign}/summary")).Ok().GetProperty("referred_customers").GetInt32());

        // What is taken back was redeemed by somebody who was referred.
        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Ok();
        Assert.Equal(1, await bring.ReferralsAsync("cid"));

        string? Text(string field) => referral.GetProperty(field).GetString();
    }

    [Fact]
    public async Task A_referral_code_is_redeemed_by_somebody_else_whom_it_was_published_to()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        await bring.NewAsync();
        var code = await bring.PublishAsync("ann");
        foreach (var at in new[] { "/v1/redemptions", "/v1/validations" })
        {
            Assert.Equal("referrer_not_permitted_to_redeem", Key(await bring.RedeemAsync(code, "ann", at)));
            Assert.Equal("missing_customer", Key(await bring.RedeemAsync(code, null, at)));
        }

        (await shop.PostAsync("/v1/campaigns/Bring/vouchers/FREE", "{}")).Ok();
        Assert.Equal("not_published", Key(await bring.RedeemAsync("FREE", "bob")));
        Assert.Equal(0, await bring.ReferralsAsync("ann"));

        static string? Key(Answer answer) => answer.Status == 200
            ? answer.Ok().GetProperty("redeemables")[0].GetProperty("result").GetProperty("error").GetProperty("key").GetString()
            : answer.Body.GetProperty("key").GetString();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_does_what_the_programme_waits_for_and_names_a_code_is_referred(bool bySchema)
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        var bring = new ReferralShop(shop);
        var schema = (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/custom-event-schemas", """{"name":"signed_up","schema":{"properties":{}}}""")).Ok().GetProperty("id").GetString();
        await bring.NewAsync(ReferralShop.Program($$$"""{"conversion_event_type":"custom_event","custom_event":{{{(bySchema ? $$"""{"id":"{{schema}}"}""" : """{"name":"signed_up"}""")}}}}"""));
        var code = await bring.PublishAsync("ann");

        // Something else; one's own code; no code; somebody who does not hold it; redeemed.
        (await bring.TrackAsync("visited", "bob", code)).Ok();
        (await bring.TrackAsync("signed_up", "ann", code)).Ok();
        (await bring.TrackAsync("signed_up", "bob", "NOTHING")).Ok();
        (await bring.TrackAsync("signed_up", "bob", code, ""","referrer_id":"zoe" """)).Ok();
        (await bring.RedeemAsync(code, "bob")).Ok();
        Assert.Equal((0, 0), (await bring.ReferralsAsync("ann"), await bring.ReferralsAsync("bob")));

        (await bring.TrackAsync("signed_up", "bob", code, ""","referrer_id":"ann" """)).Ok();
        (await bring.TrackAsync("signed_up", "bob", code)).Ok();
        await bring.BroughtAsync("ann", 1);
        Assert.Equal(1, await bring.ReferralsAsync("bob"));
        var told = Assert.Single(await bring.HappenedAsync("bob", Referred));
        Assert.Equal(("signed_up", JsonValueKind.Null), (told.GetProperty("custom_event").GetProperty("type").GetString(), told.GetProperty("redemption").ValueKind));

        // A programme that is disabled makes none; those that were sent in bulk are like others.
        (await shop.PostAsync("/v1/campaigns/Bring/disable")).Ok();
        (await bring.TrackAsync("signed_up", "cid", code)).Ok();
        Assert.Equal(0, await bring.ReferralsAsync("cid"));
        (await shop.PostAsync("/v1/campaigns/Bring/enable")).Ok();
        (await shop.PostAsync("/v1/events/bulk", $$$"""[{"event":"signed_up","customer":{"source_id":"cid"},"referral":{"code":"{{{code}}}"}},{"event":"signed_up","customer":{"source_id":"dan"},"referral":{"code":"{{{code}}}"}}]""")).Ok();
        await bring.BroughtAsync("ann", 3);
        Assert.Equal((1, 1), (await bring.ReferralsAsync("cid"), await bring.ReferralsAsync("dan")));
    }

    [Fact]
    public async Task Both_sides_get_what_the_programme_promises()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"gift":{"amount":100}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Coupons","type":"AUTO_UPDATE","voucher":{"discount":{"type":"PERCENT","percent_off":20}}}""")).Ok();
        (await shop.PostAsync("/v1/loyalties", """{"name":"Friends","type":"AUTO_UPDATE","join_once":true,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":0}}}""")).Ok();
        await bring.NewAsync(ReferralShop.Program(
            """
            {"conversion_event_type":"redemption","referee_reward":{"type":"GIFT_VOUCHER","amount":500,"related_object_parent":{"name":"Gifts"}},
             "referral_tiers":[{"banner":"For every friend","reward":{"type":"LOYALTY_CARD","amount":30,"related_object_parent":{"name":"Friends"}}},
              {"id":"two","banner":"For two","conversions":{"type":"AT_LEAST","count":2},"reward":{"type":"DISCOUNT_VOUCHER","related_object_parent":{"name":"Coupons"}}}]}
            """));
        var code = await bring.PublishAsync("ann");
        foreach (var friend in new[] { "bob", "cid", "dan" })
        {
            (await bring.RedeemAsync(code, friend)).Ok();
        }

        await bring.UntilHappenedAsync("ann", Rewarded, 4);
        var ann = await bring.BroughtAsync("ann", 3);
        Assert.Equal(90, ann.GetProperty("loyalty").GetProperty("points").GetInt32());
        var card = Assert.Single(await bring.HeldAsync("ann", "Friends"));
        Assert.Equal(90, card.GetProperty("loyalty_card").GetProperty("balance").GetInt32());
        Assert.Single(await bring.HeldAsync("ann", "Coupons"));
        var told = await bring.HappenedAsync("ann", Rewarded);
        Assert.All(told, static one => Shape.Is(one, "customer holder voucher campaign redemption reward referral_tier balance custom_event customer_event"));
        Assert.Equal(["For every friend", "For every friend", "For every friend", "For two"], told.Select(static one => one.GetProperty("referral_tier").GetProperty("banner").GetString()).Order(StringComparer.Ordinal));
        var forTwo = told.Single(static one => one.GetProperty("referral_tier").GetProperty("id").GetString() == "two");
        Assert.Equal((JsonValueKind.Null, "Coupons", "Bring"), (forTwo.GetProperty("balance").ValueKind, forTwo.GetProperty("voucher").GetProperty("campaign").GetString(), forTwo.GetProperty("campaign").GetProperty("name").GetString()));

        // Each referee had no card, so each has one with what it begins with and the reward.
        foreach (var friend in new[] { "bob", "cid", "dan" })
        {
            await bring.UntilHappenedAsync(friend, Rewarded, 1);
            var reward = Assert.Single(await bring.HappenedAsync(friend, Rewarded));
            Assert.Equal((500, JsonValueKind.Null), (reward.GetProperty("balance").GetProperty("amount").GetInt32(), reward.GetProperty("referral_tier").ValueKind));
            Assert.Equal(600, Assert.Single(await bring.HeldAsync(friend, "Gifts")).GetProperty("gift").GetProperty("balance").GetInt32());
        }
    }

    [Fact]
    public async Task A_referrer_who_has_a_card_gets_points_on_it()
    {
        using var shop = await api.NewProjectAsync();
        var bring = new ReferralShop(shop);
        (await shop.PostAsync("/v1/loyalties", """{"name":"Friends","type":"AUTO_UPDATE","voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":7}}}""")).Ok();
        (await shop.PostAsync("/v1/loyalties/Friends/members", """{"customer":{"source_id":"ann"}}""")).Ok();
        await bring.NewAsync(ReferralShop.Program("""{"referral_tiers":[{"reward":{"type":"LOYALTY_CARD","amount":30,"related_object_parent":{"name":"Friends"}}}]}"""));
        (await bring.RedeemAsync(await bring.PublishAsync("ann"), "bob")).Ok();
        await bring.UntilHappenedAsync("ann", Rewarded, 1);
        Assert.Equal(37, Assert.Single(await bring.HeldAsync("ann", "Friends")).GetProperty("loyalty_card").GetProperty("balance").GetInt32());
    }
}
