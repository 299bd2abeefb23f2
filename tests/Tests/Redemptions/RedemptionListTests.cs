using Marketing.Api;
using Xunit;

namespace Marketing.Redemptions;

[Collection(ApiTests.Name)]
public sealed class RedemptionListTests(ApiHost api)
{
    [Theory]
    [InlineData("result=FAILURE", "bob:B ann:A")]
    [InlineData("result=SUCCESS", "ann:A ann:B ann:A ann:A")]
    [InlineData("result=SUCCESS&result=FAILURE", "ann:A bob:B ann:B ann:A ann:A ann:A")]
    [InlineData("result=FAILURE&customer=ann", "ann:A")]
    [InlineData("result=FAILURE&voucher=B", "bob:B")]
    [InlineData("result=SUCCESS&campaign=First", "ann:A ann:A ann:A")]
    [InlineData("result=FAILURE&order=created_at", "ann:A bob:B")]
    [InlineData("result=FAILURE&created_at[before]=2020-01-01", "")]
    [InlineData("customer=ann&campaign=Second", "ann:B")]
    [InlineData("customer=bob&campaign=First", "")]
    [InlineData("voucher=A&campaign=First&customer=ann&result=FAILURE", "ann:A")]
    [InlineData("filters[result][conditions][$is][0]=FAILURE", "bob:B ann:A")]
    [InlineData("filters[failure_code][conditions][$is][0]=quantity_exceeded", "bob:B ann:A")]
    [InlineData("filters[failure_code][conditions][$has_value]=", "bob:B ann:A")]
    [InlineData("filters[object][conditions][$is][0]=redemption_rollback", "ann:A")]
    [InlineData("filters[campaign_name][conditions][$is][0]=Second", "bob:B ann:B")]
    [InlineData("filters[campaign_name][conditions][$is][0]=Nowhere", "")]
    [InlineData("filters[customer_id][conditions][$is][0]=cust_nobody", "")]
    [InlineData("filters[voucher_code][conditions][$is][0]=B", "bob:B ann:B")]
    [InlineData("filters[voucher_code][conditions][$is_not][0]=A&result=SUCCESS", "ann:B")]
    [InlineData("filters[junction]=or&filters[campaign_name][conditions][$is][0]=Second&filters[failure_code][conditions][$is][0]=quantity_exceeded", "bob:B ann:B ann:A")]
    [InlineData("filters[metadata.till][conditions][$is][0]=3", "ann:B")]
    public async Task Redemptions_are_listed_by_what_became_of_them_and_by_filters(string query, string listed)
    {
        using var shop = await MadeAsync();
        var found = (await shop.GetAsync($"/v1/redemptions?{query}")).Ok();
        Assert.Equal(listed, await ShownAsync(shop, found));
        Assert.Equal(listed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, found.GetProperty("total").GetInt32());

        // Page by page the same.
        var pages = new List<string>();
        for (var page = 1; page <= 4; page++)
        {
            pages.Add(await ShownAsync(shop, (await shop.GetAsync($"/v1/redemptions?{query}&limit=2&page={page}")).Ok()));
        }

        Assert.Equal(listed, string.Join(' ', pages.Where(static page => page.Length > 0)));
    }

    [Theory]
    [InlineData("result=SOME", 400, "result")]
    [InlineData("filters[colour][conditions][$is][0]=red", 400, "filters.colour")]
    [InlineData("filters[user_login][conditions][$is][0]=me", 400, "filters.user_login")]
    [InlineData("filters[result][conditions][$like][0]=F", 400, "filters.result.conditions.$like")]
    [InlineData("filters[result]=F", 400, "filters")]
    [InlineData("campaign=none", 404, "campaign")]
    [InlineData("campaign=First&customer=none", 404, "customer")]
    [InlineData("campaign=First&voucher=none", 404, "voucher")]
    public async Task What_cannot_be_asked_is_refused_by_its_name(string query, int status, string named)
    {
        using var shop = await MadeAsync();
        var refused = (await shop.GetAsync($"/v1/redemptions?{query}")).Error(status, status == 404 ? "not_found" : "invalid_query_params");
        Assert.Contains(named, refused.GetRawText(), StringComparison.Ordinal);
    }

    // Ann redeems A twice and B once, and A once too often; Bob is too late for B; the first of all is taken back.
    private async Task<ProjectClient> MadeAsync()
    {
        var shop = await api.NewProjectAsync();
        foreach (var (campaign, code, quantity) in new[] { ("First", "A", 2), ("Second", "B", 1) })
        {
            (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"{{{campaign}}}","voucher":{"discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":{{{quantity}}} } } }""")).Ok();
            (await shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", "{}")).Ok();
        }

        string? first = null;
        foreach (var (customer, code, metadata, status) in new[] { ("ann", "A", "{}", 200), ("ann", "A", "{}", 200), ("ann", "A", "{}", 400), ("ann", "B", """{"till":3}""", 200), ("bob", "B", "{}", 400) })
        {
            var done = await shop.PostAsync(
                "/v1/redemptions", $$"""{"redeemables":[{"object":"voucher","id":"{{code}}"}],"customer":{"source_id":"{{customer}}"},"order":{"amount":1000},"metadata":{{metadata}}}""");
            Assert.Equal(status, done.Status);
            first ??= done.Ok().GetProperty("redemptions")[0].GetProperty("id").GetString();
            await TickAsync();
        }

        (await shop.PostAsync($"/v1/redemptions/{first}/rollback")).Ok();
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

    private static async Task<string> ShownAsync(ProjectClient shop, System.Text.Json.JsonElement list)
    {
        var names = new Dictionary<string, string>();
        foreach (var customer in (await shop.GetAsync("/v1/customers")).Ok().GetProperty("customers").EnumerateArray())
        {
            names[customer.GetProperty("id").GetString()!] = customer.GetProperty("source_id").GetString()!;
        }

        return string.Join(' ', list.GetProperty("redemptions").EnumerateArray()
            .Select(one => $"{names[one.GetProperty("customer_id").GetString()!]}:{one.GetProperty("voucher").GetProperty("code").GetString()}"));
    }
}
