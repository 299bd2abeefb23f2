using Marketing.Api;
using Xunit;

namespace Marketing.Publications;

[Collection(ApiTests.Name)]
public sealed class PublicationListTests(ApiHost api)
{
    [Theory]
    [InlineData("", "p-5 p-4 - p-2 p-1")]
    [InlineData("result=FAILURE", "-")]
    [InlineData("result=SUCCESS", "p-5 p-4 p-2 p-1")]
    [InlineData("result=FAILURE&campaign=Coupons", "-")]
    [InlineData("result=FAILURE&campaign=Gifts", "")]
    [InlineData("voucher_type=gift", "p-4")]
    [InlineData("voucher_type=discount", "p-5 p-2 p-1")]
    [InlineData("voucher_type=loyalty", "")]
    [InlineData("is_referral_code=true", "p-5")]
    [InlineData("is_referral_code=false", "p-4 - p-2 p-1")]
    [InlineData("is_referral_code=false&voucher_type=discount&order=created_at", "p-1 p-2")]
    [InlineData("customer=ann&campaign=Gifts", "p-4")]
    [InlineData("customer=bob&campaign=Gifts", "")]
    [InlineData("source_id=p-4&campaign=Coupons", "")]
    [InlineData("source_id=p-4&customer=ann", "p-4")]
    [InlineData("source_id=p-4&result=FAILURE", "")]
    [InlineData("filters[result][conditions][$is][0]=FAILURE", "-")]
    [InlineData("filters[failure_code][conditions][$is][0]=voucher_already_published", "-")]
    [InlineData("filters[campaign_name][conditions][$in][0]=Gifts&filters[campaign_name][conditions][$in][1]=Bring", "p-5 p-4")]
    [InlineData("filters[campaign_name][conditions][$is][0]=Coupons&result=SUCCESS", "p-2 p-1")]
    [InlineData("filters[source_id][conditions][$is][0]=p-2", "p-2")]
    [InlineData("filters[source_id][conditions][$starts_with][0]=p-", "p-5 p-4 p-2 p-1")]
    [InlineData("filters[voucher_type][conditions][$is][0]=GIFT_VOUCHER", "p-4")]
    [InlineData("filters[is_referral_code][conditions][$is][0]=true", "p-5")]
    [InlineData("filters[metadata.till][conditions][$is][0]=3", "p-4")]
    public async Task Publications_are_listed_by_what_became_of_them_and_by_filters(string query, string listed)
    {
        using var shop = await MadeAsync();
        var found = (await shop.GetAsync($"/v1/publications?{query}")).Ok();
        Assert.Equal(listed, Shown(found));
        Assert.Equal(listed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, found.GetProperty("total").GetInt32());
        var pages = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            pages.Add(Shown((await shop.GetAsync($"/v1/publications?{query}&limit=2&page={page}")).Ok()));
        }

        Assert.Equal(listed, string.Join(' ', pages.Where(static page => page.Length > 0)));
    }

    [Theory]
    [InlineData("result=SOME", 400, "result")]
    [InlineData("voucher_type=paper", 400, "voucher_type")]
    [InlineData("is_referral_code=1", 400, "is_referral_code")]
    [InlineData("filters[colour][conditions][$is][0]=red", 400, "filters.colour")]
    [InlineData("campaign=none", 404, "campaign")]
    [InlineData("voucher=none", 404, "voucher")]
    public async Task What_cannot_be_asked_is_refused_by_its_name(string query, int status, string named)
    {
        using var shop = await MadeAsync();
        var refused = (await shop.GetAsync($"/v1/publications?{query}")).Error(status, status == 404 ? "not_found" : "invalid_query_params");
        Assert.Contains(named, refused.GetRawText(), StringComparison.Ordinal);
    }

    // The third is of a code that somebody has.
    private async Task<ProjectClient> MadeAsync()
    {
        var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Coupons","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","voucher":{"gift":{"amount":100}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Bring","campaign_type":"REFERRAL_PROGRAM","voucher":{"discount":{"type":"PERCENT","percent_off":10}},"referral_program":{"conversion_event":"redemption"}}""")).Ok();
        foreach (var (campaign, code) in new[] { ("Coupons", "C1"), ("Coupons", "C2"), ("Gifts", "G1"), ("Bring", "B1") })
        {
            (await shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", "{}")).Ok();
        }

        foreach (var (source, code, customer, status) in new[] { ("p-1", "C1", "ann", 200), ("p-2", "C2", "bob", 200), ("p-3", "C1", "bob", 400), ("p-4", "G1", "ann", 200), ("p-5", "B1", "bob", 200) })
        {
            var metadata = source == "p-4" ? """{"till":3}""" : "{}";
            Assert.Equal(status, (await shop.PostAsync("/v1/publications", $$"""{"voucher":"{{code}}","customer":{"source_id":"{{customer}}"},"source_id":"{{source}}","metadata":{{metadata}}}""")).Status);
            await TickAsync();
        }

        return shop;
    }

    // Rows of one instant have an order of their own.
    private static async Task TickAsync()
    {
        for (var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(); DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() <= before;)
        {
            await Task.Yield();
        }
    }

    private static string Shown(System.Text.Json.JsonElement list) => string.Join(' ', list.GetProperty("publications").EnumerateArray()
        .Select(static one => one.GetProperty("source_id").GetString() ?? "-"));
}
