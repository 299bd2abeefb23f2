using Marketing.Api;
using Xunit;

namespace Marketing.Vouchers;

[Collection(ApiTests.Name)]
public sealed class VoucherListTests(ApiHost api)
{
    [Fact]
    public async Task Vouchers_are_listed_by_when_they_changed_last()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"C","voucher":{"gift":{"amount":1}}}""")).Ok();
        foreach (var code in new[] { "A", "B", "D" })
        {
            (await shop.PostAsync($"/v1/campaigns/C/vouchers/{code}", "{}")).Ok();
        }

        (await shop.PostAsync("/v1/vouchers/E", """{"gift":{"amount":1}}""")).Ok();
        string? before = null;
        foreach (var code in new[] { "E", "B", "A" })
        {
            // Changes of one millisecond have no order.
            for (var (at, now) = (1, before); now == before; at++, now = (await shop.GetAsync($"/v1/vouchers/{code}"))["updated_at"])
            {
                (await shop.PutAsync($"/v1/vouchers/{code}", $$$"""{"metadata":{"a":{{{at}}}}}""")).Ok();
            }

            before = (await shop.GetAsync($"/v1/vouchers/{code}"))["updated_at"];
        }

        var changed = (await shop.GetAsync("/v1/vouchers/B"))["updated_at"];
        Assert.Equal("A B E", await CodesAsync(shop, "updated_at[after]=2020-01-01"));
        Assert.Equal("E B A", await CodesAsync(shop, "updated_at[after]=2020-01-01&order=updated_at"));
        Assert.Equal("B", await CodesAsync(shop, "updated_at[after]=2020-01-01&limit=1&page=2"));
        Assert.Equal("A B", await CodesAsync(shop, "updated_at[after]=2020-01-01&campaign=C"));
        Assert.Equal("E", await CodesAsync(shop, $"updated_at[before]={changed}"));
        Assert.Equal("A", await CodesAsync(shop, $"updated_at[after]={changed}"));
        Assert.Equal("", await CodesAsync(shop, "updated_at[before]=2020-01-01"));
        Assert.Equal(3, (await shop.GetAsync("/v1/vouchers?updated_at[after]=2020-01-01&limit=1")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("category=Seasonal", "C2 C1")]
    [InlineData("category=Own", "ALONE")]
    [InlineData("category=None", "")]
    [InlineData("customer=ann", "ALONE C1")]
    [InlineData("customer=ann&campaign=Coupons", "C1")]
    [InlineData("customer=ann&campaign=Gifts", "")]
    [InlineData("customer=ann&category=Own", "ALONE")]
    [InlineData("code=C1&campaign=Gifts", "")]
    [InlineData("code=C1&customer=ann", "C1")]
    [InlineData("ids=C1&ids=G1&ids=none&customer=ann", "C1")]
    [InlineData("code=C1&created_at[before]=2020-01-01", "")]
    [InlineData("filters[code][conditions][$is][0]=C1", "C1")]
    [InlineData("filters[code][conditions][$in][0]=C1&filters[code][conditions][$in][1]=G1&filters[code][conditions][$in][2]=none", "G1 C1")]
    [InlineData("filters[code][conditions][$in][0]=C1&filters[code][conditions][$in][1]=G1&order=created_at", "C1 G1")]
    [InlineData("filters[code][conditions][$starts_with][0]=C", "C2 C1")]
    [InlineData("filters[categories][conditions][$is][0]=Seasonal&order=created_at", "C1 C2")]
    [InlineData("filters[campaign][conditions][$is][0]=Gifts", "G1")]
    [InlineData("filters[campaign][conditions][$is][0]=Nowhere", "")]
    [InlineData("filters[campaign][conditions][$is_unknown]=", "ALONE")]
    [InlineData("filters[voucher_type][conditions][$is][0]=GIFT_VOUCHER", "ALONE G1")]
    [InlineData("filters[active][conditions][$is][0]=false", "G1")]
    [InlineData("filters[redemption.redeemed_quantity][conditions][$more_than][0]=0", "C2")]
    [InlineData("filters[metadata.till][conditions][$is][0]=3&campaign=Coupons", "C2")]
    [InlineData("filters[holder_id][conditions][$has_value]=", "ALONE C1")]
    [InlineData("filters[junction]=or&filters[code][conditions][$is][0]=C1&filters[active][conditions][$is][0]=false", "G1 C1")]
    public async Task Vouchers_are_listed_by_category_holder_campaign_and_filters(string query, string codes)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/categories", """{"name":"Seasonal","hierarchy":1}""")).Ok();
        (await shop.PostAsync("/v1/categories", """{"name":"Own","hierarchy":2}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Coupons","category":"Seasonal","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","voucher":{"gift":{"amount":100}}}""")).Ok();
        foreach (var (campaign, code) in new[] { ("Coupons", "C1"), ("Coupons", "C2"), ("Gifts", "G1") })
        {
            (await shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/{code}", code == "C2" ? """{"metadata":{"till":3}}""" : "{}")).Ok();
            await TickAsync();
        }

        (await shop.PostAsync("/v1/vouchers/ALONE", """{"category":"Own","gift":{"amount":1}}""")).Ok();
        foreach (var code in new[] { "C1", "ALONE" })
        {
            (await shop.PostAsync("/v1/publications", $$$"""{"voucher":"{{{code}}}","customer":{"source_id":"ann"}}""")).Ok();
            await TickAsync();
        }

        (await shop.PostAsync("/v1/vouchers/C2/redemption", """{"order":{"amount":100}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/G1/disable")).Ok();
        Assert.Equal(codes, await CodesAsync(shop, query));
        if (!query.Contains("ids=", StringComparison.Ordinal) && !query.Contains("code=", StringComparison.Ordinal))
        {
            string[] pages = [.. await Task.WhenAll(Enumerable.Range(1, 3).Select(page => CodesAsync(shop, $"{query}&limit=1&page={page}")))];
            Assert.Equal(codes, string.Join(' ', pages.Where(static page => page.Length > 0)));
        }
    }

    [Fact]
    public async Task What_is_too_far_away_is_refused_and_found_where_the_list_is_shorter()
    {
        const int Many = 2_100;
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/OLD", """{"gift":{"amount":1},"metadata":{"till":3}}""")).Ok();
        await TickAsync();
        (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"Many","vouchers_count":{{{Many}}},"voucher":{"discount":{"type":"PERCENT","percent_off":10} } }""")).Ok();
        Assert.Equal(Many, (await Campaigns.CampaignApiTests.MadeAsync(shop, "Many")).GetProperty("vouchers_count").GetInt32());
        const string Till = "filters[metadata.till][conditions][$is][0]=3";
        var refused = (await shop.GetAsync($"/v1/vouchers?{Till}")).Error(400, "invalid_query_params").GetProperty("details").GetString()!;
        Assert.StartsWith("Property .filters leaves too few of the first 2000 ", refused, StringComparison.Ordinal);
        Assert.Equal("OLD", await CodesAsync(shop, $"{Till}&order=created_at&limit=1"));
        Assert.Equal("OLD", await CodesAsync(shop, $"{Till}&filters[code][conditions][$is][0]=OLD"));
        (await shop.GetAsync("/v1/vouchers?category=None")).Error(400, "invalid_query_params");

        // As many as are asked for are there.
        var page = (await shop.GetAsync("/v1/vouchers?filters[voucher_type][conditions][$is][0]=DISCOUNT_VOUCHER&limit=100&page=19")).Ok();
        Assert.Equal((100, true), (page.GetProperty("vouchers").GetArrayLength(), page.GetProperty("total_is_minimum").GetBoolean()));
        (await shop.GetAsync("/v1/vouchers?filters[voucher_type][conditions][$is][0]=DISCOUNT_VOUCHER&limit=100&page=21")).Error(400, "invalid_query_params");
    }

    [Theory]
    [InlineData("/v1/vouchers?updated_at[after]=2020-01-01&order=created_at", "order")]
    [InlineData("/v1/vouchers?updated_at[after]=2020-01-01&created_at[after]=2020-01-01", "updated_at")]
    [InlineData("/v1/vouchers?updated_at[after]=2020-01-01&customer=c", "updated_at")]
    [InlineData("/v1/vouchers?updated_at[after]=2020-01-01&category=x", "updated_at")]
    [InlineData("/v1/vouchers?order=updated_at&filters[code][conditions][$is][0]=A", "order")]
    [InlineData("/v1/vouchers?filters[colour][conditions][$is][0]=A", "filters.colour")]
    [InlineData("/v1/vouchers?filters[code][conditions][$like][0]=A", "filters.code.conditions.$like")]
    public async Task What_no_index_finds_is_refused(string path, string named)
    {
        using var shop = await api.NewProjectAsync();
        Assert.StartsWith($"Property .{named} ", (await shop.GetAsync(path)).Error(400, "invalid_query_params").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    // Rows of one instant have an order of their own.
    private static async Task TickAsync()
    {
        for (var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(); DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() <= before;)
        {
            await Task.Yield();
        }
    }

    private static async Task<string> CodesAsync(ProjectClient shop, string query) =>
        string.Join(' ', Shape.Texts((await shop.GetAsync($"/v1/vouchers?{query}")).Ok().GetProperty("vouchers"), "code"));
}
