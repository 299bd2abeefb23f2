using System.Collections.Concurrent;
using Marketing.Api;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>Whatever many callers do to cards at once: balance, ledger, buckets and profiles are one number, and never less than nothing.</summary>
public sealed class LoyaltyPropertyTests : IAsyncLifetime
{
    private const int Callers = 6;
    private const int Steps = 40;
    private const int Cards = 4;

    private readonly TimedApiHost _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Balance_ledger_buckets_and_profiles_agree(int seed)
    {
        using var shop = await _api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync(Loyalty.Program(""","expiration_rules":{"period_type":"MONTH","period_value":0}"""));
        await loyalty.RuleAsync("""{"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1}}},"pending_points":{"period_type":"DAY","period_value":1}}""");
        await loyalty.RuleAsync("""{"event":"viewed","loyalty":{"type":"FIXED","points":7},"expiration_rules":{"period_type":"MONTH","period_value":12}}""");
        await loyalty.RuleAsync("""{"event":"customer.loyalty.tier.upgraded","loyalty":{"type":"FIXED","points":3}}""");
        await loyalty.TiersAsync("""[{"name":"A","points":{"from":50}},{"name":"B","points":{"from":150}}]""");
        var codes = new List<string>();
        var ids = new List<string>();
        for (var card = 0; card < Cards; card++)
        {
            codes.Add(await loyalty.JoinAsync($"c{card}"));
            ids.Add((await shop.GetAsync($"/v1/loyalties/members/{codes[card]}")).Ok().GetProperty("id").GetString()!);
        }

        // A redemption is taken back by several at once, some of the time.
        var mug = await loyalty.MugAsync(15, program);
        var redeemed = new ConcurrentQueue<string>();

        // Two days of it, with a midnight in the middle.
        for (var day = 0; day < 2; day++)
        {
            var today = day;
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => RunAsync(new Random((seed * 1_000) + (today * 100) + caller), $"{today}-{caller}")));
            _api.Clock.Advance(TimeSpan.FromDays(1));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _api.Grains.LoyaltyNight(shop.Project.Number).RunAsync()));
        }

        var balances = _api.Services.GetRequiredService<IBalanceStore>();
        var members = _api.Services.GetRequiredService<ITableStore<MemberRow>>();
        var pending = _api.Services.GetRequiredService<ITableStore<PendingRow>>();
        for (var card = 0; card < Cards; card++)
        {
            var row = (await members.FindAsync(shop.Project.Number, ids[card]))!;
            var state = MemberState.Read(row.Document);
            Assert.All(state.Buckets, static bucket => Assert.True(bucket.Points > 0));
            Assert.True(state is { Redeemed: >= 0, Expired: >= 0, Subtracted: >= 0, Pending: >= 0, Untold: 0 }, $"{state}");
            Assert.Equal(state.Balance, (await balances.ReadAsync(shop.Project.Number, [PointsAccounts.Of(row.Number)])).Values.Single());
            Assert.Equal(state.Balance, (await loyalty.LedgerAsync(codes[card])).Sum(static entry => entry.Points));
            Assert.Equal(state.Balance, (await loyalty.BucketsAsync(codes[card])).Sum(static bucket => bucket.Points));
            Assert.Equal(state.Balance, (await shop.GetAsync($"/v1/customers/c{card}")).Ok().GetProperty("loyalty").GetProperty("points").GetInt64());
            Assert.Equal(state.Pending, (await pending.FindManyAsync(shop.Project.Number, PendingTable.WaitingFor, [row.Number], 1_000)).Sum(static one => one.Points));
            Assert.Equal(TierRules.Reached([new TierRange("A", 50), new TierRange("B", 150)], state.Balance) is { } tier ? tier.Id : null, await loyalty.TierAsync(codes[card]));
        }

        async Task RunAsync(Random random, string name)
        {
            for (var step = 0; step < Steps; step++)
            {
                var at = random.Next(Cards);
                switch (random.Next(8))
                {
                    case 0:
                        await loyalty.ChangeAsync(codes[at], random.Next(1, 50));
                        break;
                    case 1:
                        await loyalty.ChangeAsync(codes[at], -random.Next(1, 60));
                        break;
                    case 2:
                        await shop.PostAsync($"/v1/loyalties/{program}/members/{codes[at]}/transfers", $$"""[{"code":"{{codes[(at + 1) % Cards]}}","points":{{random.Next(1, 40)}}}]""");
                        break;
                    case 3:
                        (await shop.PostAsync("/v1/events", $$$"""{"event":"viewed","customer":{"source_id":"c{{{at}}}"}}""")).Ok();
                        break;
                    case 4:
                        await loyalty.PayAsync($"c{at}", $"o-{seed}-{name}-{step}", random.Next(100, 5_000));
                        break;
                    case 5:
                        if (await loyalty.RedeemAsync(codes[at], mug) is { Status: 200 } done)
                        {
                            redeemed.Enqueue(done.Ok().GetProperty("id").GetString()!);
                        }

                        break;
                    case 6:
                        if (redeemed.TryPeek(out var redemption) && (random.Next(2) == 0 || redeemed.TryDequeue(out redemption)))
                        {
                            await shop.PostAsync($"/v1/redemptions/{redemption}/rollback");
                        }

                        break;
                    default:
                        var waiting = (await shop.GetAsync($"/v1/loyalties/members/{codes[at]}/pending-points")).Ok().GetProperty("data");
                        if (waiting.GetArrayLength() > 0)
                        {
                            var path = $"/v1/loyalties/members/{codes[at]}/pending-points/{waiting[0].GetProperty("id").GetString()}";
                            await shop.PostAsync(random.Next(2) == 0 ? $"{path}/activate" : $"{path}/cancel");
                        }

                        break;
                }
            }
        }
    }
}
