using Marketing.Api;
using Marketing.Loyalties;
using Marketing.Referrals;
using Xunit;

namespace Marketing.Distributions;

[Collection(ApiTests.Name)]
public sealed class PresetTests(ApiHost api)
{
    [Fact]
    public async Task Drafts_of_a_programme_are_ready_to_be_made_and_sent()
    {
        using var shop = await api.NewProjectAsync();
        await new Loyalty(shop).NewAsync();
        await new ReferralShop(shop).NewAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Spring","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        var ofPoints = (await shop.GetAsync("/v1/campaigns/Friends/distributions/presets")).Ok();
        var ofReferrals = (await shop.GetAsync("/v1/campaigns/Bring/distributions/presets")).Ok();
        Assert.Equal(["Bring: Successfully published", "Bring: Customer was referred"], Shape.Texts(ofReferrals.GetProperty("data"), "name"));
        Assert.Equal(["Friends: Reward redeemed", "Friends: Successfully published", "Friends: Customer rewarded loyalty points"], Shape.Texts(ofPoints.GetProperty("data"), "name"));
        Assert.Equal(0, (await shop.GetAsync("/v1/campaigns/Spring/distributions/presets")).Ok().GetProperty("total").GetInt32());
        (await shop.GetAsync("/v1/campaigns/Nothing/distributions/presets")).Error(404, "not_found");
        foreach (var draft in ofPoints.GetProperty("data").EnumerateArray().Concat(ofReferrals.GetProperty("data").EnumerateArray()))
        {
            var id = await shop.NewDistributionAsync(draft.GetRawText());
            Assert.True((await shop.PostAsync($"/v1/distributions/{id}/validate")).Ok().GetProperty("valid").GetBoolean(), draft.GetRawText());
        }
    }
}
