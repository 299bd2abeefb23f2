using Marketing.Api;
using Marketing.Rewards;
using Xunit;

namespace Marketing.Loyalties;

[Collection(ApiTests.Name)]
public sealed class LoyaltyFigureTests(ApiHost api)
{
    [Fact]
    public async Task The_summary_of_a_programme_counts_points_by_what_became_of_them()
    {
        using var shop = await api.NewProjectAsync();
        var (loyalty, rewards) = (new Loyalty(shop), new RewardObjects(shop));
        await loyalty.NewAsync(Loyalty.Program().Replace("\"points\":0", "\"points\":50", StringComparison.Ordinal));
        await loyalty.RuleAsync("""{"event":"review","loyalty":{"type":"FIXED","points":25},"source":{"banner":""},"active":true}""");
        var (ann, ben) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("ben"));
        (await loyalty.ChangeAsync(ann, 100)).Ok();
        (await loyalty.ChangeAsync(ann, -30)).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"review","customer":{"source_id":"ben"}}""")).Ok();
        var (mug, _) = await rewards.MugAsync(40);
        (await rewards.RedeemAsync(ann, mug)).Ok();
        var second = (await rewards.RedeemAsync(ann, mug)).Ok().GetProperty("id").GetString();
        (await shop.PostAsync($"/v1/redemptions/{second}/rollback")).Ok();
        (await shop.PostAsync($"/v1/loyalties/Friends/members/{ben}/transfers", $$"""[{"code":"{{ann}}","points":10}]""")).Ok();

        var summary = (await shop.GetAsync("/v1/campaigns/Friends/summary")).Ok();
        long Of(string figure) => summary.GetProperty(figure).GetInt64();
        Assert.Equal((200L, 30L, 25L), (Of("points_added"), Of("points_subtracted"), Of("points_rewarded")));
        Assert.Equal((80L, 40L, 0L, 0L), (Of("points_redeemed"), Of("points_rolledback"), Of("points_expired"), Of("pending_points_activated")));
        Assert.Equal((10L, 10L), (Of("points_transferred_in"), Of("points_transferred_out")));
        Assert.Equal(
            await loyalty.BalanceAsync(ann) + await loyalty.BalanceAsync(ben),
            Of("points_added") + Of("points_rewarded") + Of("points_rolledback") - Of("points_subtracted") - Of("points_redeemed"));

        // Other campaigns have no points.
        await rewards.CouponsAsync("Coupons", 1);
        Assert.False((await shop.GetAsync("/v1/campaigns/Coupons/summary")).Ok().TryGetProperty("points_added", out _));
    }
}
