using Marketing.Api;
using Xunit;

namespace Marketing.Campaigns;

[Collection(ApiTests.Name)]
public sealed class CampaignListTests(ApiHost api)
{
    [Theory]
    [InlineData("filters[campaigns][conditions][$is][0]=Gifts", "Gifts")]
    [InlineData("filters[campaigns][conditions][$is]=Gifts", "Gifts")]
    [InlineData("filters[campaigns][conditions][$in][0]=Gifts&filters[campaigns][conditions][$in][1]=Tier", "Gifts Tier")]
    [InlineData("filters[campaigns][conditions][$starts_with]=Te", "Ten")]
    [InlineData("filters[voucher_type][conditions][$is]=DISCOUNT_VOUCHER", "Ten")]
    [InlineData("filters[voucher_type][conditions][$is_unknown]=", "Tier")]
    [InlineData("filters[type][conditions][$in][0]=BULK", "Ten Tier")]
    [InlineData("filters[type][conditions][$in][0]=AUTO_UPDATE", "Ten")]
    [InlineData("filters[active][conditions][$is]=false", "Tier")]
    [InlineData("filters[categories][conditions][$is]=Seasonal", "Ten")]
    [InlineData("filters[expiration_date][conditions][$before]=2030-06-01", "Gifts Ten")]
    [InlineData("filters[created_date][conditions][$before]=2020-01-01", "")]
    [InlineData("filters[validity_day_of_week][conditions][$is]=2", "Ten")]
    [InlineData("filters[metadata.region][conditions][$is]=EU", "Gifts")]
    [InlineData("filters[junction]=or&filters[campaigns][conditions][$is]=Gifts&filters[active][conditions][$is]=false", "Gifts Tier")]
    [InlineData("filters[junction]=and&filters[campaigns][conditions][$is]=Gifts&filters[active][conditions][$is]=false", "")]
    [InlineData("filters[junction]=or&campaign_type=PROMOTION", "Tier")]
    [InlineData("filters[status][conditions][$active]=", "Gifts Ten Tier")]
    [InlineData("filters[status][conditions][$failed]=", "")]
    [InlineData("filters[status][conditions][$in_progress]=", "")]
    [InlineData("filters[status][conditions][$expired]=", "Gifts")]
    [InlineData("filters[status][conditions][$before_start]=", "")]
    [InlineData("filters[junction]=or&filters[status][conditions][$expired]=&filters[active][conditions][$is]=false", "Gifts Tier")]
    [InlineData("filters[campaign_status][conditions][$is]=DONE", "Gifts Ten Tier")]
    [InlineData("filters[campaign_status][conditions][$in][0]=IN_PROGRESS&filters[campaign_status][conditions][$in][1]=FAILED", "")]
    [InlineData("filters[validity_timeframe][conditions][$has_value]=", "Ten")]
    [InlineData("campaign_status=DONE", "Gifts Ten Tier")]
    [InlineData("campaign_status=DRAFT", "")]
    [InlineData("campaign_status=INACTIVE", "Tier")]
    [InlineData("is_referral_code=true", "")]
    [InlineData("is_referral_code=false", "Gifts Ten Tier")]
    public async Task Campaigns_are_filtered(string query, string names)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/categories", """{"name":"Seasonal","hierarchy":1}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","type":"STANDALONE","voucher":{"gift":{"amount":1}},"metadata":{"region":"EU"},"expiration_date":"2020-01-01"}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """
            {"name":"Ten","type":"AUTO_UPDATE","voucher":{"discount":{"type":"PERCENT","percent_off":10}},"category":"Seasonal","start_date":"2026-01-01","expiration_date":"2030-01-01","validity_day_of_week":[1,2],"validity_timeframe":{"interval":"P1D","duration":"PT1H"}}
            """)).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Tier","campaign_type":"PROMOTION","active":false}""")).Ok();
        var found = (await shop.GetAsync($"/v1/campaigns?order=name&{query}")).Ok();
        Assert.Equal(names, string.Join(' ', Shape.Texts(found.GetProperty("campaigns"), "name")));
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, found.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("filters[status][conditions][$is]=DONE", "status")]
    [InlineData("filters[status][conditions][$active]=&filters[status][conditions][$failed]=", "status")]
    [InlineData("campaign_status=OVER", "campaign_status")]
    [InlineData("is_referral_code=1", "is_referral_code")]
    [InlineData("access_settings[assigned_to_areas][conditions][$in][0]=ar_1", "access_settings")]
    [InlineData("filters[campaigns][conditions][$like]=x", "campaigns")]
    [InlineData("filters[campaigns][$is]=x", "filters")]
    [InlineData("filters=x", "filters")]
    [InlineData("filters[junction]=xor&filters[campaigns][conditions][$is]=x", "junction")]
    public async Task What_nobody_reads_is_refused(string query, string named)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Contains(named, (await shop.GetAsync($"/v1/campaigns?{query}")).Error(400, "invalid_query_params").GetProperty("details").GetString(), StringComparison.Ordinal);
    }
}
