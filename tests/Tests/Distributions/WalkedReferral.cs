using Marketing.Behaviour;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Events;
using Marketing.Publications;
using Xunit;

namespace Marketing.Distributions;

/// <summary>A referral programme by which somebody is brought and rewarded for it.</summary>
internal sealed class WalkedReferral(Engine engine, Shop shop, string campaign, string referee, string code)
{
    public string Campaign => campaign;

    public static bool IsOf(string trigger) => trigger is TriggerCatalogue.Referred or TriggerCatalogue.Rewarded;

    /// <param name="engine">The engine.</param>
    /// <param name="shop">Whose.</param>
    /// <param name="customer">Who is brought, or brings somebody.</param>
    /// <param name="trigger">What is to happen to the customer.</param>
    public static async Task<WalkedReferral> MakeAsync(Engine engine, Shop shop, string customer, string trigger)
    {
        var (referrer, referee) = trigger == TriggerCatalogue.Referred ? ("bob", customer) : (customer, "bob");
        var gifts = await CampaignAsync("""{"gift":{"amount":100}}""", "{}");
        var program = await CampaignAsync(
            """{"type":"DISCOUNT_VOUCHER","is_referral_code":true,"discount":{"type":"PERCENT","percent_off":10}}""",
            $$$"""{"referral_program":{"conversion_event_type":"custom_event","custom_event":{"name":"signed_up"},"referral_tiers":[{"banner":"For a friend","reward":{"type":"GIFT_VOUCHER","amount":5,"related_object_parent":{"id":"{{{gifts}}}"} } }]} }""");
        await shop.GivenCustomerAsync("bob");
        return new WalkedReferral(engine, shop, program, referee, await PublishAsync(referrer));

        async Task<string> CampaignAsync(string voucher, string fields)
        {
            var id = ObjectIds.New("camp_");
            Assert.IsType<CampaignResult.Saved>(await engine.Grains.Campaign(shop.Number, id).CreateAsync(
                new CampaignCommand { Name = id, Type = CampaignTypes.AutoUpdate, Voucher = RawJson.Parse(voucher), Fields = RawJson.Parse(fields) }, Shop.Context()));
            return id;
        }

        async Task<string> PublishAsync(string to) => Assert.IsType<PublicationResult.Published>(await engine.Grains.Publications(shop.Number).PublishAsync(
            new PublishCommand { Id = ObjectIds.New("pub_"), CustomerId = to, Campaign = program }, Shop.Context())).Publication.ToElement().GetProperty("voucher").GetProperty("code").GetString()!;
    }

    /// <summary>One of them is brought by the other.</summary>
    public async Task HappenAsync() => Assert.IsType<CustomerAnswer.Recorded>(await engine.Grains.Customer(shop.Number, referee).RecordAsync(
        new CustomEventsHappened([new CustomEventCommand { Name = "signed_up", Referral = RawJson.Parse($$"""{"code":"{{code}}"}""") }]), Shop.Context()));
}
