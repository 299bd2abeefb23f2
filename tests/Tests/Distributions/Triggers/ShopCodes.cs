using System.Text.Json;
using Marketing.Behaviour;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Orders;
using Marketing.Publications;
using Marketing.Redemptions;
using Marketing.Vouchers;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Codes of a shop and what its only customer does with them.</summary>
internal sealed class ShopCodes(Engine engine, Shop shop)
{
    public const string Ann = "ann";
    public const string InMarch = """{"expiration_date":"2030-03-31T12:00:00Z"}""";

    /// <summary>Noon of a day of March 2030, when the engine's clock begins, or later.</summary>
    public static DateTimeOffset At(int day) => new DateTimeOffset(2030, 3, 1, 12, 0, 0, TimeSpan.Zero).AddDays(day - 1);

    public static string CodeOf(OutboundMessage message) => JsonElement.Parse(message.Trigger.Data.Span).GetProperty("voucher").GetProperty("code").GetString()!;

    public DistributionDraft On(string trigger, string campaign, int days) => shop.On(trigger) with
    {
        Trigger = new TriggerDefinition { Type = trigger, CampaignId = campaign, Days = days },
        Action = new ActionDefinition { Type = ActionCatalogue.Message },
    };

    public Task<string> GivenLiveAsync(string trigger, string campaign, int days) => shop.GivenActiveAsync(On(trigger, campaign, days));

    public async Task<string> GivenAsync(string voucher = """{"discount":{"type":"PERCENT","percent_off":10}}""", string fields = "{}")
    {
        var id = ObjectIds.New("camp_");
        Assert.IsType<CampaignResult.Saved>(await engine.Grains.Campaign(shop.Number, id).CreateAsync(
            new CampaignCommand { Name = id, Type = CampaignTypes.Static, Voucher = RawJson.Parse(voucher), VouchersCount = 5, Fields = RawJson.Parse(fields) }, Shop.Context()));
        await engine.EventuallyAsync(async () => (await engine.Grains.CampaignQueries(shop.Number).FindAsync(id))!.ToElement().GetProperty("vouchers_count").GetInt32() == 5);
        return id;
    }

    /// <summary>The code, where it is one.</summary>
    public async Task<string> PublishAsync(string campaign, int count = 1)
    {
        var published = Assert.IsType<PublicationResult.Published>(await engine.Grains.Publications(shop.Number).PublishAsync(
            new PublishCommand { Id = ObjectIds.New("pub_"), CustomerId = Ann, Campaign = campaign, Count = count, Channel = "API", Metadata = RawJson.EmptyObject }, Shop.Context()));
        return count > 1 ? "" : published.Publication.ToElement().GetProperty("voucher").GetProperty("code").GetString()!;
    }

    public async Task<IVoucherGrain> FindAsync(string code) => engine.Grains.Voucher(shop.Number, (await engine.Grains.VoucherQueries(shop.Number).FindIdAsync(code))!);

    public async Task ExpireAsync(string code, string date) => Assert.IsType<VoucherResult.Saved>(await (await FindAsync(code)).ChangeAsync(
        new VoucherCommand { Fields = RawJson.Parse($$"""{"expiration_date":{{date}}}""") }, Shop.Context()));

    public async Task<string> RedeemAsync(string code, long amount = 300)
    {
        var id = ObjectIds.New("r_");
        Assert.IsType<RedemptionResult.Done>(await engine.Grains.Redemptions(shop.Number).RedeemAsync(
            new RedemptionCommand
            {
                Id = id,
                Redeemables = [new RedeemableReference(RedeemableReference.Voucher, code, null)],
                CustomerId = Ann,
                Order = new OrderCommand { Amount = amount },
                OrderId = ObjectIds.New("ord_"),
            },
            Shop.Context()));
        return id;
    }

    public async Task RollBackAsync(string redemption) => Assert.IsType<RedemptionResult.Done>(await engine.Grains.Redemptions(shop.Number).RollBackAsync(
        new RollbackCommand { Id = ObjectIds.New("rr_"), RedemptionId = redemption }, Shop.Context()));

    /// <summary>Why messages were skipped.</summary>
    public async Task<IReadOnlyList<string?>> ReasonsAsync(string distribution) =>
        [.. (await shop.MessagesAsync(distribution)).Where(message => message.Status == "skipped").Select(message => message.Reason).Order(StringComparer.Ordinal)];
}
