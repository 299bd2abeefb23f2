using System.Text.Json;
using Marketing.Api;
using Marketing.Loyalties;
using Xunit;
using static Marketing.Redemptions.RedemptionApiTests;

namespace Marketing.Rewards;

[Collection(ApiTests.Name)]
public sealed class RewardRedemptionTests(ApiHost api)
{
    [Fact]
    public async Task A_product_costs_points_and_one_of_the_stock()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var card = await rewards.MemberAsync(100);
        var (mug, assignment) = await rewards.MugAsync(40, "2");
        var redeemed = (await rewards.RedeemAsync(card, mug, ""","points":5""")).Ok();
        Assert.Equal((40, "SUCCESS", "voucher"), (redeemed.GetProperty("amount").GetInt32(), Text(redeemed, "result"), Text(redeemed, "related_object_type")));
        Assert.Equal((60, 40), (redeemed.GetProperty("voucher").GetProperty("loyalty_card").GetProperty("balance").GetInt32(), redeemed.GetProperty("loyalty_card").GetProperty("points").GetInt32()));
        var reward = redeemed.GetProperty("reward");
        Shape.Is(reward, "customer assignment_id voucher product sku loyalty_tier_id id name type parameters attributes metadata created_at updated_at object");
        Assert.Equal((mug, assignment, "A mug", "ann"), (Text(reward, "id"), Text(reward, "assignment_id"), Text(reward.GetProperty("product"), "name"), Text(reward.GetProperty("customer"), "source_id")));
        Assert.Equal((1L, 1L), await rewards.CountAsync(mug));
        Assert.Equal([("POINTS_REDEMPTION", -40L), ("POINTS_ADDITION", 100L)], await loyalty.LedgerAsync(card));
        Assert.True(JsonElement.DeepEquals(redeemed, (await shop.GetAsync($"/v1/redemptions/{Text(redeemed, "id")}")).Ok()));

        // What there is not enough of is refused and leaves all as it is, but for a failed redemption.
        (await rewards.RedeemAsync(card, mug)).Ok();
        (await rewards.RedeemAsync(card, mug)).Error(400, "loyalty_card_points_exceeded");
        (await loyalty.ChangeAsync(card, 100)).Ok();
        (await rewards.RedeemAsync(card, mug)).Error(400, "quantity_exceeded");
        Assert.Equal((120L, (0L, 2L)), (await loyalty.BalanceAsync(card), await rewards.CountAsync(mug)));
        Assert.Equal(2, (await shop.GetAsync("/v1/redemptions")).Ok().GetProperty("redemptions").EnumerateArray().Count(static one => Text(one, "result") == "FAILURE"));

        // The profile knows what was spent.
        var figures = (await shop.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal((120, 80), (figures.GetProperty("loyalty").GetProperty("points").GetInt32(), figures.GetProperty("summary").GetProperty("redemptions").GetProperty("loyalty_card").GetProperty("redeemed_points").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_had_is_refused_with_its_key()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var card = await rewards.MemberAsync(100);
        var (mug, _) = await rewards.MugAsync(10);
        var coin = await rewards.CoinAsync("0.01", 1);
        var elsewhere = await rewards.NewAsync("""{"parameters":{"coin":{"exchange_ratio":1}}}""");
        (await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", "{}")).Error(400, "missing_reward");
        Assert.Equal(
            "Payload property '.reward' must have required property 'id'",
            (await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", """{"reward":{"points":5}}""")).Error(400, "invalid_payload").GetProperty("details").GetString());
        (await rewards.RedeemAsync(card, "rew_1")).Error(404, "not_found");
        (await rewards.RedeemAsync(card, elsewhere)).Error(404, "not_found");
        (await rewards.RedeemAsync(card, coin)).Error(400, "missing_order");
        (await rewards.RedeemAsync("nobody", mug)).Error(404, "not_found");
        (await shop.PostAsync($"/v1/loyalties/Nothing/members/{card}/redemption", $$$"""{"reward":{"id":"{{{mug}}}"}}""")).Error(404, "not_found");
        (await shop.PostAsync("/v1/redemptions", $$$"""{"redeemables":[{"object":"loyalty_card","id":"{{{card}}}","reward":{"id":"{{{mug}}}"}}],"customer":{"source_id":"ben"}}""")).Error(400, "invalid_customer");
        var other = await loyalty.JoinAsync("ben");
        (await shop.PostAsync("/v1/redemptions", $$$"""{"redeemables":[{"object":"loyalty_card","id":"{{{card}}}","reward":{"id":"{{{mug}}}"}},{"object":"loyalty_card","id":"{{{other}}}","reward":{"id":"{{{mug}}}"}}]}""")).Error(400, "invalid_redeemables");
        (await shop.PostAsync($"/v1/vouchers/{card}/disable")).Ok();
        (await rewards.RedeemAsync(card, mug)).Error(400, "voucher_disabled");
        (await shop.PostAsync($"/v1/vouchers/{card}/enable")).Ok();
        Assert.Equal(100, await loyalty.BalanceAsync(card));

        // A card that nobody holds pays for nothing.
        (await shop.PostAsync("/v1/campaigns/Friends/vouchers?vouchers_count=1", "{}")).Ok();
        var free = Text((await shop.GetAsync("/v1/vouchers?campaign=Friends&limit=100")).Ok().GetProperty("vouchers").EnumerateArray().First(static one => one.GetProperty("holder_id").ValueKind == JsonValueKind.Null), "code");
        (await rewards.RedeemAsync(free, mug)).Error(400, "not_published");
    }

    [Fact]
    public async Task A_code_is_published_with_the_points_that_pay_for_it()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var card = await rewards.MemberAsync(100);
        await rewards.CouponsAsync("Coupons", 2);
        var coupon = await rewards.OfCampaignAsync("Coupons", 30);
        var codes = new List<string>();
        for (var time = 0; time < 2; time++)
        {
            var voucher = (await rewards.RedeemAsync(card, coupon)).Ok().GetProperty("reward").GetProperty("voucher");
            codes.Add(Text(voucher, "code"));
            Assert.Equal((await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("id").GetString(), (await shop.GetAsync($"/v1/vouchers/{codes[^1]}")).Ok().GetProperty("holder_id").GetString());
        }

        Assert.Equal(2, codes.Distinct().Count());
        (await rewards.RedeemAsync(card, coupon)).Error(400, "no_voucher_suitable_for_publication");
        Assert.Equal(40, await loyalty.BalanceAsync(card));
        Assert.Equal(2, (await shop.GetAsync("/v1/publications?campaign=Coupons")).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync("/v1/redemptions", Of(codes[0], ""","order":{"amount":1000},"customer":{"source_id":"ann"}"""))).Ok();

        // One to each is one to each.
        await rewards.CouponsAsync("Single", 5, ""","join_once":true""");
        var single = await rewards.OfCampaignAsync("Single", 10);
        (await rewards.RedeemAsync(card, single)).Ok();
        (await rewards.RedeemAsync(card, single)).Error(400, "voucher_cannot_be_published");
        (await shop.PostAsync("/v1/campaigns/Single/disable")).Ok();
        (await rewards.RedeemAsync(card, single)).Error(400, "campaign_inactive");
        (await shop.DeleteAsync("/v1/campaigns/Single")).Ok(202);
        (await rewards.RedeemAsync(card, single)).Error(404, "not_found");
        Assert.Equal(30, await loyalty.BalanceAsync(card));
    }

    [Fact]
    public async Task Credits_go_onto_the_gift_card_that_there_is_or_a_new_one()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(100);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"type":"GIFT_VOUCHER","gift":{"amount":500}}}""")).Ok();
        var gift = await rewards.OfCampaignAsync("Gifts", 20, 1_000);
        var first = (await rewards.RedeemAsync(card, gift)).Ok().GetProperty("reward").GetProperty("voucher");
        Assert.Equal(1_500, first.GetProperty("gift").GetProperty("balance").GetInt32());
        var second = (await rewards.RedeemAsync(card, gift)).Ok().GetProperty("reward").GetProperty("voucher");
        Assert.Equal((Text(first, "code"), 2_500), (Text(second, "code"), second.GetProperty("gift").GetProperty("balance").GetInt32()));
        var kept = (await shop.GetAsync($"/v1/vouchers/{Text(first, "code")}")).Ok();
        Assert.Equal(2_500, Balance(kept));
        Assert.Equal(2, (await shop.GetAsync($"/v1/vouchers/{Text(first, "code")}/transactions")).Ok().GetProperty("data").GetArrayLength());
        Assert.Equal(1, (await shop.GetAsync("/v1/publications?campaign=Gifts")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Points_go_onto_the_card_of_another_programme_or_the_same()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var card = await rewards.MemberAsync(100);
        (await shop.PostAsync("/v1/loyalties", Loyalty.Program().Replace("\"Friends\"", "\"Club\"", StringComparison.Ordinal).Replace("\"points\":0", "\"points\":7", StringComparison.Ordinal))).Ok();
        var club = await rewards.OfCampaignAsync("Club", 10, 50);
        var given = (await rewards.RedeemAsync(card, club)).Ok().GetProperty("reward").GetProperty("voucher");
        Assert.Equal(57, given.GetProperty("loyalty_card").GetProperty("balance").GetInt32());
        (await rewards.RedeemAsync(card, club)).Ok();
        Assert.Equal((80L, 107L), (await loyalty.BalanceAsync(card), await loyalty.BalanceAsync(Text(given, "code"))));
        Assert.Equal(1, (await shop.GetAsync("/v1/loyalties/Club/members")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(187, (await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("loyalty").GetProperty("points").GetInt32());

        var own = await rewards.OfCampaignAsync("Friends", 80, 5);
        (await rewards.RedeemAsync(card, own)).Ok();
        Assert.Equal(5, await loyalty.BalanceAsync(card));
    }

    [Fact]
    public async Task Points_pay_for_an_order_in_whole_steps()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var card = await rewards.MemberAsync(4_950);
        var coin = await rewards.CoinAsync("20", 100);

        // The last step may be worth more than is left to pay.
        var whole = (await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", $$$"""{"reward":{"id":"{{{coin}}}"},"order":{"amount":45000,"status":"PAID"}}""")).Ok();
        Assert.Equal((2_300, 45_000, 0), (whole.GetProperty("amount").GetInt32(), whole.GetProperty("order").GetProperty("total_discount_amount").GetInt32(), whole.GetProperty("order").GetProperty("total_amount").GetInt32()));
        Assert.Equal(2_650, await loyalty.BalanceAsync(card));
        Assert.Equal(("COIN", JsonValueKind.Null), (Text(whole.GetProperty("reward"), "type"), whole.GetProperty("reward").GetProperty("voucher").ValueKind));
        var body = $$$"""{"redeemables":[{"object":"loyalty_card","id":"{{{card}}}","reward":{"id":"{{{coin}}}","points":150}}],"order":{"amount":45000}}""";
        var validated = (await shop.PostAsync("/v1/validations", body)).Ok();
        Assert.Equal((true, 100, 43_000), (validated.GetProperty("valid").GetBoolean(), validated.GetProperty("redeemables")[0].GetProperty("result").GetProperty("loyalty_card").GetProperty("points").GetInt32(), validated.GetProperty("order").GetProperty("total_amount").GetInt32()));
        Assert.Equal(2_650, await loyalty.BalanceAsync(card));
        var redeemed = (await shop.PostAsync("/v1/redemptions", body)).Ok();
        Assert.Equal((100, 43_000), (redeemed.GetProperty("redemptions")[0].GetProperty("amount").GetInt32(), redeemed.GetProperty("order").GetProperty("total_amount").GetInt32()));
        Assert.Equal(2_550, await loyalty.BalanceAsync(card));
        (await shop.PostAsync("/v1/redemptions", body.Replace("150", "9999", StringComparison.Ordinal))).Error(400, "loyalty_card_points_exceeded");
        (await shop.PostAsync("/v1/redemptions", body.Replace("150", "99", StringComparison.Ordinal))).Error(400, "loyalty_card_points_exceeded");

        // With a code before it they pay what is left.
        (await shop.PostAsync("/v1/vouchers/HALF", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":50}}""")).Ok();
        var stacked = (await shop.PostAsync("/v1/redemptions", $$$"""{"redeemables":[{"object":"voucher","id":"HALF"},{"object":"loyalty_card","id":"{{{card}}}","reward":{"id":"{{{coin}}}"}}],"order":{"amount":10000}}""")).Ok();
        Assert.Equal((300, 0), (stacked.GetProperty("redemptions")[1].GetProperty("amount").GetInt32(), stacked.GetProperty("order").GetProperty("total_amount").GetInt32()));
        (await shop.PostAsync($"/v1/redemptions/{Text(stacked.GetProperty("parent_redemption"), "id")}/rollbacks")).Ok();
        Assert.Equal(2_550, await loyalty.BalanceAsync(card));
        Assert.Equal((await loyalty.LedgerAsync(card)).Sum(static entry => entry.Points), await loyalty.BalanceAsync(card));
    }

    [Fact]
    public async Task What_is_taken_back_gives_back_points_stock_and_takes_what_was_not_used()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var card = await rewards.MemberAsync(60);
        (await loyalty.ChangeAsync(card, 40, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2090-06-30" """)).Ok();
        var before = await loyalty.BucketsAsync(card);
        var (mug, _) = await rewards.MugAsync(50, "3");
        var mugged = (await rewards.RedeemAsync(card, mug)).Ok();
        var back = (await shop.PostAsync($"/v1/redemptions/{Text(mugged, "id")}/rollback")).Ok();
        Assert.Equal((-50, mug, 100), (back.GetProperty("amount").GetInt32(), Text(back.GetProperty("reward"), "id"), back.GetProperty("voucher").GetProperty("loyalty_card").GetProperty("balance").GetInt32()));
        Assert.Equal(before, await loyalty.BucketsAsync(card));
        Assert.Equal((3L, 0L), await rewards.CountAsync(mug));
        Assert.Equal(["customer.reward_redemptions.rolledback", "customer.redemption.rollback.succeeded"], (await HappenedAsync(shop)).Where(static type => type.Contains("roll", StringComparison.Ordinal)));
        (await shop.PostAsync($"/v1/redemptions/{Text(mugged, "id")}/rollback")).Error(400, "already_rolled_back");

        // A code that was not used cannot be any more.
        await rewards.CouponsAsync("Coupons", 2);
        var coupon = await rewards.OfCampaignAsync("Coupons", 30);
        var unused = (await rewards.RedeemAsync(card, coupon)).Ok();
        (await shop.PostAsync($"/v1/redemptions/{Text(unused, "id")}/rollback")).Ok();
        (await shop.PostAsync("/v1/redemptions", Of(Text(unused.GetProperty("reward").GetProperty("voucher"), "code"), ""","order":{"amount":1000}"""))).Error(400, "voucher_disabled");

        // One that was used stays used.
        var used = (await rewards.RedeemAsync(card, coupon)).Ok();
        var code = Text(used.GetProperty("reward").GetProperty("voucher"), "code");
        (await shop.PostAsync("/v1/redemptions", Of(code, ""","order":{"amount":1000}"""))).Ok();
        (await shop.PostAsync($"/v1/redemptions/{Text(used, "id")}/rollback")).Ok();
        Assert.Equal((true, 1), ((await shop.GetAsync($"/v1/vouchers/{code}")).Ok().GetProperty("active").GetBoolean(), Redeemed(await shop.GetAsync($"/v1/vouchers/{code}"))));

        // Credits and points that were spent meanwhile are not taken.
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"type":"GIFT_VOUCHER","gift":{"amount":100}}}""")).Ok();
        (await shop.PostAsync("/v1/publications", """{"campaign":"Gifts","customer":"ann"}""")).Ok();
        var gift = (await rewards.RedeemAsync(card, await rewards.OfCampaignAsync("Gifts", 20, 1_000))).Ok();
        var giftCode = Text(gift.GetProperty("reward").GetProperty("voucher"), "code");
        (await shop.PostAsync("/v1/redemptions", $$$"""{"redeemables":[{"object":"gift_card","id":"{{{giftCode}}}","gift":{"credits":300}}]}""")).Ok();
        (await shop.PostAsync($"/v1/redemptions/{Text(gift, "id")}/rollback")).Ok();
        Assert.Equal(0, Balance((await shop.GetAsync($"/v1/vouchers/{giftCode}")).Ok()));
        Assert.Equal(100, await loyalty.BalanceAsync(card));
        Assert.Equal(100, (await loyalty.LedgerAsync(card)).Sum(static entry => entry.Points));
    }

    [Fact]
    public async Task A_tier_makes_a_reward_cheaper_or_keeps_it_from_its_members()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var card = await rewards.MemberAsync(100);
        var (mug, assignment) = await rewards.MugAsync(40);
        await rewards.CoinAsync("1", 1_000);
        var tiers = await loyalty.TiersAsync($$$$"""[{"name":"Silver","points":{"from":50},"rewards":{"{{{{assignment}}}}":{"type":"MULTIPLY","multiplier":0.5}}},{"name":"Gold","points":{"from":1000},"rewards":{"{{{{assignment}}}}":{"type":"CUSTOM","points":0}}}]""");
        (await loyalty.ChangeAsync(card, 1)).Ok();
        Assert.Equal("Silver", await loyalty.TierAsync(card));
        var listed = (await shop.GetAsync($"/v1/loyalties/members/{card}/rewards")).Ok();
        Assert.Equal((2, "loyalty_reward", 20), (listed.GetProperty("total").GetInt32(), Text(listed.GetProperty("data")[0], "object"), listed.GetProperty("data")[0].GetProperty("assignment").GetProperty("parameters").GetProperty("loyalty").GetProperty("points").GetInt32()));
        Assert.Equal(1, (await shop.GetAsync($"/v1/loyalties/members/{card}/rewards?affordable_only=true")).Ok().GetProperty("total").GetInt32());
        Assert.Equal((2, 1), ((await shop.GetAsync($"/v1/loyalties/Friends/tiers/{tiers[0]}/rewards")).Ok().GetProperty("total").GetInt32(), (await shop.GetAsync($"/v1/loyalties/Friends/tiers/{tiers[1]}/rewards")).Ok().GetProperty("total").GetInt32()));
        (await shop.GetAsync("/v1/loyalties/Friends/tiers/ltr_1/rewards")).Error(404, "not_found");
        (await shop.GetAsync("/v1/loyalties/members/nobody/rewards")).Error(404, "not_found");
        var redeemed = (await rewards.RedeemAsync(card, mug)).Ok();
        Assert.Equal((20, tiers[0]), (redeemed.GetProperty("amount").GetInt32(), Text(redeemed.GetProperty("reward"), "loyalty_tier_id")));
        (await loyalty.ChangeAsync(card, 1_000)).Ok();
        (await rewards.RedeemAsync(card, mug)).Error(404, "not_found");
    }

    [Fact]
    public async Task A_rule_of_the_assignment_keeps_a_reward_from_whom_it_is_not_for()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(1_000);
        var (mug, assignment) = await rewards.MugAsync(10);
        var rule = Text((await shop.PostAsync("/v1/validation-rules", """{"name":"Gold","rules":{"1":{"name":"customer.metadata","property":"plan","conditions":{"$is":["gold"]}},"logic":"1"}}""")).Ok(), "id");
        (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", $$"""{"related_object_type":"reward_assignment","related_object_id":"{{assignment}}"}""")).Ok();
        (await rewards.RedeemAsync(card, mug)).Error(400, "customer_rules_violated");
        (await shop.PostAsync("/v1/customers", """{"source_id":"ann","metadata":{"plan":"gold"}}""")).Ok();
        (await rewards.RedeemAsync(card, mug)).Ok();

        // How many points may be paid with is a rule too.
        var coin = await rewards.NewAsync("""{"parameters":{"coin":{"exchange_ratio":1}}}""");
        var most = Text((await shop.PostAsync("/v1/validation-rules", """{"name":"Most","rules":{"1":{"name":"redemption.reward.pay_with_points.points_used","property":null,"conditions":{"$less_than_or_equal":[50]}},"logic":"1"}}""")).Ok(), "id");
        (await shop.PostAsync($"/v1/rewards/{coin}/assignments", $$"""{"campaign":"Friends","validation_rules":["{{most}}"]}""")).Ok();
        (await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", $$$"""{"reward":{"id":"{{{coin}}}","points":51},"order":{"amount":9000}}""")).Error(400, "redemption_rules_violated");
        (await shop.PostAsync($"/v1/loyalties/members/{card}/redemption", $$$"""{"reward":{"id":"{{{coin}}}","points":50},"order":{"amount":9000}}""")).Ok();
    }

    [Fact]
    public async Task Activity_says_which_reward_and_what_was_given()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(100);
        await rewards.CouponsAsync("Coupons", 1);
        var coupon = await rewards.OfCampaignAsync("Coupons", 30);
        var redeemed = (await rewards.RedeemAsync(card, coupon)).Ok();
        var happened = (await shop.GetAsync("/v1/customers/ann/activity?limit=100")).Ok().GetProperty("data").EnumerateArray().ToDictionary(static one => Text(one, "id"));
        var data = happened.Values.Single(static one => Text(one, "type") == "customer.rewarded").GetProperty("data").GetProperty("data");
        Assert.Equal((coupon, Text(redeemed.GetProperty("reward").GetProperty("voucher"), "code"), Text(redeemed, "id"), -30), (
            Text(data.GetProperty("reward"), "id"), Text(data.GetProperty("reward").GetProperty("voucher"), "code"), Text(data.GetProperty("redemption"), "id"), data.GetProperty("balance").GetProperty("points").GetInt32()));
        var entry = happened.Values.Single(static one => Text(one, "type") == "customer.reward_redemptions.completed").GetProperty("data").GetProperty("data");
        Assert.Equal(("COMPLETED", "10%"), (Text(entry.GetProperty("reward_redemption"), "state"), Text(entry.GetProperty("reward").GetProperty("voucher"), "value")));
        Assert.Equal(70, entry.GetProperty("membership").GetProperty("balance").GetInt32());
    }

    private static async Task<string[]> HappenedAsync(ProjectClient shop) => Shape.Texts((await shop.GetAsync("/v1/customers/ann/activity?limit=100")).Ok().GetProperty("data"), "type");
}
