using Marketing.Api;
using Marketing.Retention;
using Marketing.Storage;
using Marketing.Vouchers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Redemptions;

/// <summary>What of incentives time takes away, and what it does not.</summary>
public sealed class ForgottenAndKeptTests(TimedApiHost api) : IClassFixture<TimedApiHost>
{
    [Fact]
    public async Task What_a_session_held_comes_back_when_its_time_is_over_though_nobody_wants_it()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":100}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/FREE", """{"discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":null}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/GONE", """{"discount":{"type":"PERCENT","percent_off":10}}""")).Ok();
        foreach (var (code, ttl) in new[] { ("CARD", 1), ("FREE", 1), ("FREE", 1), ("GONE", 1), ("CARD", 9) })
        {
            var session = $$$""","order":{"amount":30},"session":{"key":"{{{code}}}-{{{Guid.NewGuid()}}}","ttl":{{{ttl}}},"ttl_unit":"HOURS"}""";
            Assert.True((await shop.PostAsync("/v1/validations", RedemptionApiTests.Of(code, session))).Ok().GetProperty("valid").GetBoolean());
        }

        var vouchers = new List<long> { await NumberAsync(shop, "CARD"), await NumberAsync(shop, "FREE"), await NumberAsync(shop, "GONE") };
        (await shop.DeleteAsync("/v1/vouchers/GONE?force=true")).Ok(204);
        Assert.Equal(5, await SessionsAsync(shop, vouchers));
        await RunAsync(TimeSpan.FromHours(2));
        Assert.Equal(1, await SessionsAsync(shop, vouchers));

        // What the other session holds is held still.
        (await shop.PostAsync("/v1/vouchers/CARD/redemption", """{"gift":{"credits":71}}""")).Error(400, "gift_amount_exceeded");
        (await shop.PostAsync("/v1/vouchers/CARD/redemption", """{"gift":{"credits":70}}""")).Ok();
        var held = await api.Services.GetRequiredService<IBalanceStore>().ReadAsync(shop.Project.Number, [VoucherAccounts.Uses(vouchers[1])]);
        Assert.All(held.Values, uses => Assert.Equal(0, uses));
    }

    [Fact]
    public async Task The_shops_id_of_a_change_of_credits_is_its_id_when_keys_of_requests_are_long_forgotten()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":100}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD/balance", """{"amount":10,"source_id":"refund-1"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD/balance", """{"amount":10}""", ("Idempotency-Key", "K"))).Ok();
        await RunAsync(TimeSpan.FromDays(40));
        (await shop.PostAsync("/v1/vouchers/CARD/balance", """{"amount":10,"source_id":"refund-1"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD/balance", """{"amount":11,"source_id":"refund-1"}""")).Error(400, "duplicate_source_id");
        Assert.Equal(120, (await shop.GetAsync("/v1/vouchers/CARD")).Ok().GetProperty("gift").GetProperty("balance").GetInt32());

        // Keys of requests were forgotten.
        (await shop.PostAsync("/v1/vouchers/CARD/balance", """{"amount":1}""", ("Idempotency-Key", "K"))).Ok();
    }

    private async Task RunAsync(TimeSpan passed)
    {
        api.Clock.Advance(passed);
        await api.Grains.GetGrain<IRetentionGrain>(0).RunAsync();
    }

    private async Task<int> SessionsAsync(ProjectClient shop, List<long> vouchers) =>
        (await api.Services.GetRequiredService<ITableStore<SessionRow>>().FindManyAsync(shop.Project.Number, SessionTable.Voucher, vouchers, 100)).Count;

    private async Task<long> NumberAsync(ProjectClient shop, string code) =>
        (await api.Services.GetRequiredService<ITableStore<VoucherRow>>().FindAsync(shop.Project.Number, (await shop.GetAsync($"/v1/vouchers/{code}"))["id"]))!.Number;
}
