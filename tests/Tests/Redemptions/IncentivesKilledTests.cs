using System.Collections.Concurrent;
using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Campaigns;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.ValidationRules;
using Marketing.Vouchers;
using Xunit;

namespace Marketing.Redemptions;

/// <summary>Whatever is done to codes by many at once, with the process killed in between: sums add up, limits hold, no code is two people's.</summary>
public sealed class IncentivesKilledTests : IAsyncLifetime
{
    private const int Callers = 64;
    private const int Cards = 40;
    private const int Uses = 3;
    private const int CampaignLimit = 60;
    private const int Initial = 500;

    private readonly ConcurrentDictionary<string, bool> _redemptions = new(StringComparer.Ordinal);
    private Engine _engine = null!;
    private Shop _shop = null!;
    private string _campaign = "";
    private IReadOnlyList<VoucherRow> _vouchers = [];

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sums_add_up_limits_hold_and_a_code_is_one_persons(int seed)
    {
        await GivenCardsAsync();
        for (var round = 0; round < 3; round++)
        {
            using var killed = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(new Random((seed * 1_000) + (round * Callers) + caller), killed.Token))).ToList();
            await _engine.EventuallyAsync(() => Task.FromResult(_redemptions.Count(static one => one.Value) > 12 * (round + 1) || callers.All(static caller => caller.IsCompleted)));
            await _engine.KillAsync();
            await killed.CancelAsync();
            await Task.WhenAll(callers);
            await _engine.StartAgainAsync();
            await AddsUpAsync();
        }
    }

    private async Task AddsUpAsync()
    {
        var (project, balances) = (_shop.Number, _engine.Service<IBalanceStore>());
        var rows = await RedemptionsAsync();
        var redeemed = rows.Where(static row => row is { Kind: RedemptionKind.Redemption, Status: RedemptionStatus.Succeeded }).GroupBy(static row => row.Voucher!.Value).ToDictionary(static group => group.Key, static group => group.Count());
        var values = await balances.ReadAsync(project, [.. _vouchers.SelectMany(static voucher => new[] { VoucherAccounts.Uses(voucher.Number), VoucherAccounts.Credits(voucher.Number) })]);
        foreach (var voucher in _vouchers)
        {
            var (uses, credits) = (values[VoucherAccounts.Uses(voucher.Number)], values[VoucherAccounts.Credits(voucher.Number)]);
            Assert.Equal(redeemed.GetValueOrDefault(voucher.Number), uses);
            Assert.InRange(uses, 0, Uses);
            Assert.InRange(Initial + credits, 0, long.MaxValue);
            Assert.Equal(credits, await SumAsync(balances, VoucherAccounts.Credits(voucher.Number)));
            Assert.Equal(uses, await SumAsync(balances, VoucherAccounts.Uses(voucher.Number)));
        }

        Assert.InRange(redeemed.Values.Sum(), 0, CampaignLimit);

        // What was answered is there.
        Assert.All(_redemptions.Where(static one => one.Value), one => Assert.Contains(rows, row => row.Id == one.Key));

        // Everybody who was given a code is the only one.
        var publications = await PublicationsAsync();
        Assert.All(publications.GroupBy(static one => one.GetProperty("voucher").GetProperty("code").GetString()), static code => Assert.Single(code));
        var holders = await _engine.Service<ITableStore<HolderRow>>().FindManyAsync(project, [.. _vouchers.Select(static voucher => voucher.Number)]);
        Assert.Equal(publications.Count, holders.Count);
    }

    private async Task CallAsync(Random random, CancellationToken killed)
    {
        for (var step = 0; step < 40 && !killed.IsCancellationRequested; step++)
        {
            try
            {
                var grains = _engine.Grains;
                var customer = $"c{random.Next(16)}";
                var voucher = _vouchers[random.Next(_vouchers.Count)];
                switch (random.Next(6))
                {
                    case 0:
                        await grains.Publications(_shop.Number).PublishAsync(new PublishCommand { Id = ObjectIds.New("pub_"), CustomerId = customer, Campaign = _campaign }, Shop.Context());
                        break;
                    case 1:
                        await grains.Voucher(_shop.Number, voucher.Id).ChangeBalanceAsync(new CreditsChange(random.Next(-60, 60), null, null), Shop.Context());
                        break;
                    case 2 when _redemptions.FirstOrDefault(static one => one.Value).Key is { } redemption:
                        await grains.Redemptions(_shop.Number).RollBackAsync(new RollbackCommand { Id = ObjectIds.New("rr_"), RedemptionId = redemption }, Shop.Context());
                        break;
                    default:
                        await RedeemAsync(grains, customer, voucher.Code, random.Next(1, 200));
                        break;
                }
            }
            catch (Exception)
            {
                // The process is going down: the caller never learns what became of it.
                return;
            }
        }
    }

    private async Task RedeemAsync(IGrainFactory grains, string customer, string code, long credits)
    {
        var id = ObjectIds.New("r_");
        _redemptions[id] = false;
        var result = await grains.Redemptions(_shop.Number).RedeemAsync(
            new RedemptionCommand { Id = id, Redeemables = [new RedeemableReference(RedeemableReference.Voucher, code, credits)], CustomerId = customer }, Shop.Context());
        _redemptions[id] = result is RedemptionResult.Done;
    }

    private async Task GivenCardsAsync()
    {
        _campaign = ObjectIds.New("camp_");
        Assert.IsType<CampaignResult.Saved>(await _engine.Grains.Campaign(_shop.Number, _campaign).CreateAsync(
            new CampaignCommand { Name = "Cards", Voucher = RawJson.Parse($$$"""{"gift":{"amount":{{{Initial}}}},"redemption":{"quantity":{{{Uses}}}}}"""), VouchersCount = Cards }, Shop.Context()));
        await _engine.EventuallyAsync(async () => (await _engine.Grains.CampaignQueries(_shop.Number).FindAsync(_campaign, TestContext.Current.CancellationToken))!.ToElement().GetProperty("vouchers_count").GetInt32() == Cards);
        _vouchers = (await _engine.Service<ITableStore<VoucherRow>>().ListAsync(_shop.Number, new TableQuery("created_at", 100, 1), TestContext.Current.CancellationToken)).Items;
        var rule = ObjectIds.New("val_");
        Assert.IsType<ValidationRuleResult.Saved>(await _engine.Grains.ValidationRules(_shop.Number).CreateAsync(
            rule,
            new ValidationRuleChange
            {
                Name = "Limit",
                Rules = RawJson.Parse($$$"""{"1":{"name":"campaign.redemptions.count","property":null,"conditions":{"$less_than_or_equal":[{{{CampaignLimit}}}]}},"logic":"1"}"""),
            },
            Shop.Context()));
        Assert.IsType<RuleAssignmentResult.Saved>(await _engine.Grains.ValidationRules(_shop.Number).AssignAsync(rule, ObjectIds.New("asgm_"), new RuleTarget("campaign", _campaign), force: false, Shop.Context()));
        foreach (var customer in Enumerable.Range(0, 16))
        {
            await _shop.GivenCustomerAsync($"c{customer}");
        }
    }

    private async Task<List<RedemptionRow>> RedemptionsAsync()
    {
        var all = new List<RedemptionRow>();
        for (var page = 1; ; page++)
        {
            var found = await _engine.Service<ITableStore<RedemptionRow>>().ListAsync(_shop.Number, new TableQuery("created_at", 100, page), TestContext.Current.CancellationToken);
            all.AddRange(found.Items);
            if (!found.HasMore)
            {
                return all;
            }
        }
    }

    private async Task<List<JsonElement>> PublicationsAsync()
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var found = (await _engine.Grains.Publications(_shop.Number).ListAsync(new PublicationListQuery { Order = "created_at", Limit = 100, Page = page, Campaign = _campaign }, TestContext.Current.CancellationToken)).Page!;
            all.AddRange(found.Items.Select(static one => one.ToElement()).Where(static one => one.GetProperty("result").GetString() == "SUCCESS"));
            if (!found.HasMore)
            {
                return all;
            }
        }
    }

    private async Task<long> SumAsync(IBalanceStore balances, string account)
    {
        var sum = 0L;
        for (long? before = null; ;)
        {
            var page = await balances.LedgerAsync(_shop.Number, account, before, 100, TestContext.Current.CancellationToken);
            sum += page.Items.Sum(static entry => entry.Delta);
            if (!page.HasMore)
            {
                return sum;
            }

            before = page.Items[^1].Position;
        }
    }
}
