using Marketing.Behaviour;
using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Events;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;
using Xunit;

namespace Marketing.Referrals;

/// <summary>What is owed for referrals is given when it can be, once, whatever happens to the process meanwhile.</summary>
public sealed class ReferralDebtTests : IAsyncLifetime
{
    private const string Ann = "ann";

    private Engine _engine = null!;
    private Shop _shop = null!;
    private string _coupons = "";
    private string _program = "";
    private string _code = "";

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync();
        _shop = await _engine.NewShopAsync();
        _coupons = await CampaignAsync("""{"discount":{"type":"PERCENT","percent_off":20}}""", "{}", CampaignTypes.Static);
        _program = await CampaignAsync(
            ReferralShop.Voucher,
            $$$"""{"referral_program":{"conversion_event_type":"custom_event","custom_event":{"name":"signed_up"},"referral_tiers":[{"reward":{"type":"DISCOUNT_VOUCHER","related_object_parent":{"id":"{{{_coupons}}}"} } }]} }""");
        await _shop.GivenCustomerAsync(Ann);
        var published = Assert.IsType<PublicationResult.Published>(await _engine.Grains.Publications(_shop.Number).PublishAsync(
            new PublishCommand { Id = ObjectIds.New("pub_"), CustomerId = Ann, Campaign = _program }, Shop.Context()));
        _code = published.Publication.ToElement().GetProperty("voucher").GetProperty("code").GetString()!;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_reward_that_there_is_no_code_for_waits_for_one()
    {
        await ConvertAsync("bob");
        await _engine.EventuallyAsync(async () => (await DebtsAsync()) is [{ } debt] && debt.Read() is { Reward: not null, Attempts: 1 }, timePasses: false);
        Assert.Equal(1, (await AnnAsync()).Loyalty.ReferredCustomers);
        Assert.Empty(await CouponsAsync());

        Assert.IsType<CampaignResult.Started>(await _engine.Grains.Campaign(_shop.Number, _coupons).AddCodesAsync(new CodesCommand(5, RawJson.EmptyObject, null), Shop.Context()));
        await SettleAsync();
        Assert.Empty(await CouponsAsync());
        await _engine.EventuallyAsync(async () =>
        {
            await SettleAsync();
            return (await DebtsAsync()).Count == 0;
        });
        Assert.Single(await CouponsAsync());
        await SettleAsync();
        Assert.Single(await CouponsAsync());
    }

    [Fact]
    public async Task What_was_given_in_the_moment_the_process_died_is_not_given_again()
    {
        Assert.IsType<CampaignResult.Started>(await _engine.Grains.Campaign(_shop.Number, _coupons).AddCodesAsync(new CodesCommand(20, RawJson.EmptyObject, null), Shop.Context()));
        for (var friend = 0; friend < 6; friend++)
        {
            await ConvertAsync($"friend-{friend}");
            if (friend % 2 == 0)
            {
                await _engine.KillAsync();
                await _engine.StartAgainAsync();
            }
        }

        await _engine.EventuallyAsync(async () =>
        {
            await SettleAsync();
            return (await DebtsAsync()).Count == 0;
        });
        Assert.Equal(6, (await CouponsAsync()).Count);
        Assert.Equal(6, (await AnnAsync()).Loyalty.ReferredCustomers);

        // Done again by somebody who believes that it is owed still.
        await ConvertAsync("another");
        await _engine.EventuallyAsync(async () => (await AnnAsync()).Loyalty.ReferredCustomers == 7 && (await DebtsAsync()).Count == 0);
        Assert.Equal(7, (await CouponsAsync()).Count);
        var late = new DebtRow(1, "1/1", 1, 1, 1, _engine.Now, new DebtDocument(0, null, null, 0).Write(), _engine.Now);
        Assert.IsType<CustomerAnswer.Superseded>(await _engine.Grains.Customer(_shop.Number, Ann).RecordAsync(new DebtSettled { Debt = late }, Shop.Context()));
    }

    [Fact]
    public async Task Recovery_gives_what_nobody_was_told_to_give()
    {
        Assert.IsType<CampaignResult.Started>(await _engine.Grains.Campaign(_shop.Number, _coupons).AddCodesAsync(new CodesCommand(20, RawJson.EmptyObject, null), Shop.Context()));
        var ann = (await _engine.Service<ICustomerStore>().LoadAsync(_shop.Number, Ann))!;
        var number = await _engine.Service<INumbers>().NextAsync(DebtTable.Debts.Numbers);
        var commit = new Commit { Project = _shop.Number };
        var campaign = (await _engine.Service<ITableStore<CampaignRow>>().FindAsync(_shop.Number, _program))!;
        commit.Rows.Add(DebtTable.Debts.Save(new DebtRow(
            number, DebtRow.IdOf(ann.Number, "test"), 0, ann.Number, campaign.Number, _engine.Now, new DebtDocument(0, new ReferralReward(ReferralReward.Code, 0, _coupons), null, 0).Write(), _engine.Now)));
        Assert.True((await _engine.Service<ICommitter>().CommitAsync(commit)).IsDurable);

        // Its reminder comes each minute.
        await _engine.EventuallyAsync(async () => (await CouponsAsync()).Count == 1);
    }

    [Fact]
    public async Task What_is_owed_to_somebody_who_is_gone_goes_with_them()
    {
        await ConvertAsync("bob");
        await _engine.EventuallyAsync(async () => (await DebtsAsync()) is [{ } debt] && debt.Read().Reward is not null, timePasses: false);
        Assert.NotNull(await _engine.Grains.Customer(_shop.Number, Ann).EraseAsync(Shop.Context()));
        Assert.Empty(await DebtsAsync());
        await ConvertAsync("cid");
        Assert.Empty(await DebtsAsync());
        Assert.Null(await _engine.Service<ICustomerStore>().LoadAsync(_shop.Number, Ann));
    }

    private async Task ConvertAsync(string customer) => Assert.IsType<CustomerAnswer.Recorded>(await _engine.Grains.Customer(_shop.Number, customer).RecordAsync(
        new CustomEventsHappened([new CustomEventCommand { Name = "signed_up", Referral = RawJson.Parse($$"""{"code":"{{_code}}"}""") }]), Shop.Context()));

    private async Task SettleAsync()
    {
        if (await _engine.Service<ICustomerStore>().LoadAsync(_shop.Number, Ann) is { } ann)
        {
            await _engine.Grains.ReferralDebts(_shop.Number, ann.Number).SettleAsync();
        }
    }

    private async Task<IReadOnlyList<DebtRow>> DebtsAsync() => await _engine.Service<ITableStore<DebtRow>>().AllAsync(_shop.Number);

    private async Task<Customer> AnnAsync() => CustomerJson.Read((await _engine.Service<ICustomerStore>().LoadAsync(_shop.Number, Ann))!.Document);

    private async Task<IReadOnlyList<RawJson>> CouponsAsync()
    {
        var all = (await _engine.Grains.VoucherQueries(_shop.Number).ListAsync(new VoucherListQuery { Limit = 100, Page = 1, Order = "created_at", Campaign = _coupons })).Page;
        return [.. all!.Items.Where(static code => code.ToElement().GetProperty("holder_id").GetString() == Ann)];
    }

    private async Task<string> CampaignAsync(string voucher, string fields, string type = CampaignTypes.AutoUpdate)
    {
        var id = ObjectIds.New("camp_");
        Assert.IsType<CampaignResult.Saved>(await _engine.Grains.Campaign(_shop.Number, id).CreateAsync(
            new CampaignCommand { Name = id, Type = type, Voucher = RawJson.Parse(voucher), Fields = RawJson.Parse(fields) }, Shop.Context()));
        return id;
    }
}
