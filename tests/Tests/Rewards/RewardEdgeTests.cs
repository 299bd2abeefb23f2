using Marketing.Api;
using Marketing.Loyalties;
using Xunit;
using static Marketing.Redemptions.RedemptionApiTests;

namespace Marketing.Rewards;

/// <summary>What a reward meets that was deleted, disabled or filled meanwhile.</summary>
[Collection(ApiTests.Name)]
public sealed class RewardEdgeTests(ApiHost api)
{
    [Fact]
    public async Task Whose_only_code_was_deleted_gets_no_other()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(100);
        await rewards.CouponsAsync("Single", 5, ""","join_once":true""");
        var single = await rewards.OfCampaignAsync("Single", 10);
        var code = Text((await rewards.RedeemAsync(card, single)).Ok().GetProperty("reward").GetProperty("voucher"), "code");
        (await shop.DeleteAsync($"/v1/vouchers/{code}?force=true")).Ok(204);

        (await rewards.RedeemAsync(card, single)).Error(400, "voucher_cannot_be_published");
        Assert.Equal(90, await new Loyalty(shop).BalanceAsync(card));
    }

    [Fact]
    public async Task A_new_card_that_would_hold_too_much_is_not_given()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(100);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"type":"GIFT_VOUCHER","gift":{"amount":1}}}""")).Ok();
        var gift = await rewards.OfCampaignAsync("Gifts", 20, 1_000_000_000_000);

        (await rewards.RedeemAsync(card, gift)).Error(400, "invalid_amount");
        Assert.Equal(100, await new Loyalty(shop).BalanceAsync(card));
    }

    [Fact]
    public async Task A_card_that_another_redemption_was_put_on_stays_when_the_first_is_taken_back()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(100);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"type":"GIFT_VOUCHER","gift":{"amount":0}}}""")).Ok();
        var gift = await rewards.OfCampaignAsync("Gifts", 20, 100);
        var first = (await rewards.RedeemAsync(card, gift)).Ok();
        var code = Text(first.GetProperty("reward").GetProperty("voucher"), "code");
        var second = (await rewards.RedeemAsync(card, gift)).Ok();

        (await shop.PostAsync($"/v1/redemptions/{Text(first, "id")}/rollback")).Ok();
        Assert.Equal((true, 100), await ActiveAsync(shop, code));
        (await shop.PostAsync($"/v1/redemptions/{Text(second, "id")}/rollback")).Ok();
        Assert.Equal((true, 0), await ActiveAsync(shop, code));
        Assert.Equal(100, await new Loyalty(shop).BalanceAsync(card));
    }

    [Fact]
    public async Task Credits_go_past_a_card_that_cannot_be_spent()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(100);
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"AUTO_UPDATE","voucher":{"type":"GIFT_VOUCHER","gift":{"amount":0}}}""")).Ok();
        var gift = await rewards.OfCampaignAsync("Gifts", 20, 100);
        var first = Text((await rewards.RedeemAsync(card, gift)).Ok().GetProperty("reward").GetProperty("voucher"), "code");
        (await shop.PostAsync($"/v1/vouchers/{first}/disable")).Ok();

        var second = Text((await rewards.RedeemAsync(card, gift)).Ok().GetProperty("reward").GetProperty("voucher"), "code");
        Assert.NotEqual(first, second);
        Assert.Equal((true, 100), await ActiveAsync(shop, second));
    }

    [Fact]
    public async Task An_assignment_that_was_deleted_is_not_made_again_by_its_key()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        await rewards.MemberAsync(100);
        var (mug, first) = await rewards.MugAsync(10);
        (await shop.DeleteAsync($"/v1/rewards/{mug}/assignments/{first}")).Ok(204);
        var body = """{"campaign":"Friends","parameters":{"loyalty":{"points":10}}}""";
        var assigned = Text((await shop.PostAsync($"/v1/rewards/{mug}/assignments", body, ("Idempotency-Key", "once"))).Ok(), "id");
        Assert.Equal(assigned, Text((await shop.PostAsync($"/v1/rewards/{mug}/assignments", body, ("Idempotency-Key", "once"))).Ok(), "id"));
        (await shop.DeleteAsync($"/v1/rewards/{mug}/assignments/{assigned}")).Ok(204);

        Assert.Equal(404, (await shop.PostAsync($"/v1/rewards/{mug}/assignments", body, ("Idempotency-Key", "once"))).Status);
        (await shop.PostAsync($"/v1/rewards/{mug}/assignments", body)).Ok();
    }

    private static async Task<(bool IsActive, int Balance)> ActiveAsync(ProjectClient shop, string code)
    {
        var voucher = (await shop.GetAsync($"/v1/vouchers/{code}")).Ok();
        return (voucher.GetProperty("active").GetBoolean(), voucher.GetProperty("gift").GetProperty("balance").GetInt32());
    }
}
