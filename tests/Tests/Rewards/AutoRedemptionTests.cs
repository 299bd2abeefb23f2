using System.Globalization;
using Marketing.Api;
using Marketing.Loyalties;
using Xunit;

namespace Marketing.Rewards;

/// <summary>What cards redeem by themselves. Each test has a clock of its own, which begins on 1 March 2030, at noon in UTC.</summary>
public sealed class AutoRedemptionTests : IAsyncLifetime
{
    private readonly TimedApiHost _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_card_redeems_at_midnight_what_it_has_points_for_before_they_expire()
    {
        using var shop = await _api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        await loyalty.NewAsync(Loyalty.Program(""","expiration_rules":{"period_type":"MONTH","period_value":0}"""));
        var (mug, _) = await MugAsync(rewards, "10");
        var (rich, poor) = (await rewards.MemberAsync(250, "ann"), await rewards.MemberAsync(99, "ben"));
        await NightAsync(shop);
        Assert.Equal((250L, (10L, 0L)), (await loyalty.BalanceAsync(rich), await rewards.CountAsync(mug)));

        await NightAsync(shop, "2030-03-02T00:00:00Z");
        Assert.Equal([("POINTS_EXPIRATION", -50), ("POINTS_REDEMPTION", -100), ("POINTS_REDEMPTION", -100), ("POINTS_ADDITION", 250)], await loyalty.LedgerAsync(rich));
        Assert.Equal([("POINTS_EXPIRATION", -99), ("POINTS_ADDITION", 99)], await loyalty.LedgerAsync(poor));
        Assert.Equal((8L, 2L), await rewards.CountAsync(mug));
        var redemptions = (await shop.GetAsync("/v1/redemptions")).Ok().GetProperty("redemptions").EnumerateArray().ToList();
        Assert.Equal(["AUTO_REDEEM", "AUTO_REDEEM"], redemptions.Select(static one => one.GetProperty("channel").GetProperty("channel_type").GetString()));

        // Another night of the same day changes nothing more.
        await NightAsync(shop);
        Assert.Equal((8L, 2L), await rewards.CountAsync(mug));
    }

    [Fact]
    public async Task What_is_not_there_is_left_for_another_night_and_is_no_failure()
    {
        using var shop = await _api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        await loyalty.NewAsync();
        var (mug, _) = await MugAsync(rewards, "0");
        var card = await rewards.MemberAsync(3_000);
        await NightAsync(shop, "2030-03-02T00:00:00Z");
        Assert.Equal(3_000, await loyalty.BalanceAsync(card));
        Assert.Equal(0, (await shop.GetAsync("/v1/redemptions")).Ok().GetProperty("total").GetInt32());

        // Twenty-five at the most in a night, and the rest in the next.
        (await shop.PutAsync($"/v1/rewards/{mug}", """{"stock":100}""")).Ok();
        await NightAsync(shop, "2030-03-03T00:00:00Z");
        Assert.Equal((500L, (75L, 25L)), (await loyalty.BalanceAsync(card), await rewards.CountAsync(mug)));
        await NightAsync(shop, "2030-03-04T00:00:00Z");
        Assert.Equal((0L, (70L, 30L)), (await loyalty.BalanceAsync(card), await rewards.CountAsync(mug)));
    }

    private static async Task<(string Reward, string Assignment)> MugAsync(RewardObjects rewards, string stock)
    {
        var product = await rewards.ProductAsync();
        var reward = await rewards.NewAsync($$$"""{"name":"A mug","parameters":{"product":{"id":"{{{product}}}"} },"stock":{{{stock}}} }""");
        return (reward, await rewards.AssignAsync(reward, 100, more: ""","auto_redeem":true"""));
    }

    private async Task NightAsync(ProjectClient shop, string? at = null)
    {
        if (at is not null)
        {
            _api.Clock.SetUtcNow(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
        }

        await _api.Grains.LoyaltyNight(shop.Project.Number).RunAsync();
    }
}
