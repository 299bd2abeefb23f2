using Marketing.Api;
using Xunit;

namespace Marketing.Exports;

/// <summary>Vouchers, the changes of their balances, and publications in exports.</summary>
[Collection(ApiTests.Name)]
public sealed class CodesExportTests(ApiHost api)
{
    private static readonly string[] OfVouchers =
    [
        "code", "voucher_type", "value", "formula", "discount_type", "campaign", "category", "start_date", "expiration_date", "gift_balance", "loyalty_balance", "redemption_quantity", "redemption_count",
        "active", "qr_code", "bar_code", "metadata", "id", "is_referral_code", "created_at", "updated_at", "validity_timeframe_interval", "validity_timeframe_duration", "validity_day_of_week",
        "discount_amount_limit", "campaign_id", "additional_info", "customer_id", "discount_effect", "discount_unit_type", "discount_unit_effect", "validation_rules_id", "customer_source_id",
    ];

    [Fact]
    public async Task Vouchers_are_as_they_are_answered()
    {
        using var shop = await ShopAsync();
        var rows = await shop.RowsAsync("voucher", $$"""{"order":"code","fields":[{{string.Join(',', OfVouchers.Select(name => $"\"{name}\""))}},"metadata.level"]}""");
        Assert.Equal(["C-1", "G-1", "P-1", "U-1"], rows.Select(row => row["code"]));
        foreach (var row in rows)
        {
            var voucher = (await shop.GetAsync($"/v1/vouchers/{row["code"]}")).Ok();
            foreach (var (column, field) in new[] { ("id", "id"), ("voucher_type", "type"), ("created_at", "created_at"), ("campaign_id", "campaign_id"), ("campaign", "campaign"), ("category", "category"), ("expiration_date", "expiration_date"), ("customer_id", "holder_id") })
            {
                Assert.Equal(voucher.GetProperty(field).GetString() ?? "", row[column]);
            }

            Assert.Equal(voucher.GetProperty("metadata").GetRawText(), row["metadata"]);
            Assert.Equal(voucher.GetProperty("assets").GetProperty("qr").GetProperty("url").GetString(), row["qr_code"]);
            Assert.Equal(voucher.GetProperty("redemption").GetProperty("redeemed_quantity").GetRawText(), row["redemption_count"]);
        }

        var (coupon, gift, percent, unit) = (rows[0], rows[1], rows[2], rows[3]);
        Assert.Equal(("Ten", "10", "PERCENT", "1", "true", "customer-1"), (coupon["campaign"], coupon["value"], coupon["discount_type"], coupon["redemption_quantity"], coupon["active"], coupon["customer_source_id"]));
        Assert.Equal(("5500", "5200", "", "gold", "GIFT_VOUCHER"), (gift["value"], gift["gift_balance"], gift["redemption_quantity"], gift["metadata.level"], gift["voucher_type"]));
        Assert.Equal(("12.5", "1000", "[1,2]", "P1D", "Seasonal", "false"), (percent["value"], percent["discount_amount_limit"], percent["validity_day_of_week"], percent["validity_timeframe_duration"], percent["category"], percent["active"]));
        Assert.Equal(("2", "ADD_NEW_ITEMS", "ADD_NEW_ITEMS"), (unit["value"], unit["discount_effect"], unit["discount_unit_effect"]));
        var rule = (await shop.GetAsync("/v1/validation-rules")).Ok().GetProperty("data")[0].GetProperty("id").GetString();
        Assert.Equal($"[\"{rule}\"]", unit["validation_rules_id"]);
        Assert.Equal(["code", "voucher_type", "value", "discount_type"], (await shop.RowsAsync("voucher"))[0].Keys);
    }

    [Theory]
    [InlineData("""{"active":{"conditions":{"$is":[false]}}}""", "P-1")]
    [InlineData("""{"code":{"conditions":{"$in":["G-1","P-1"]}}}""", "G-1 P-1")]
    [InlineData("""{"categories":{"conditions":{"$is":["Seasonal"]}}}""", "P-1")]
    [InlineData("""{"expiration_date":{"conditions":{"$after":["2030-12-01"]}}}""", "G-1")]
    [InlineData("""{"redemption.redeemed_quantity":{"conditions":{"$more_than":[0]}}}""", "")]
    [InlineData("""{"metadata.level":{"conditions":{"$is":["gold"]}}}""", "G-1")]
    [InlineData("""{"holder_id":{"conditions":{"$has_value":true}}}""", "C-1")]
    [InlineData("""{"junction":"or","voucher_type":{"conditions":{"$is":["GIFT_VOUCHER"]}},"active":{"conditions":{"$is":[false]}}}""", "G-1 P-1")]
    public async Task Vouchers_are_filtered(string filters, string codes)
    {
        using var shop = await ShopAsync();
        Assert.Equal(codes, string.Join(' ', (await shop.RowsAsync("voucher", $$"""{"order":"code","filters":{{filters}} }""")).Select(row => row["code"])));
    }

    [Fact]
    public async Task Vouchers_of_one_campaign_are_asked_for_by_its_id()
    {
        using var shop = await ShopAsync();
        var campaign = (await shop.GetAsync("/v1/campaigns/Ten"))["id"];
        Assert.Equal(["C-1"], (await shop.RowsAsync("voucher", $$"""{"campaign_id":"{{campaign}}"}""")).Select(row => row["code"]));
        (await shop.PostAsync("/v1/exports", $$"""{"exported_object":"voucher","parameters":{"campaign_id":"{{campaign}}","filters":{"junction":"or"} } }""")).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/exports", """{"exported_object":"voucher","parameters":{"filters":{"redemption_status":{"conditions":{"$is":["x"]}}}}}""")).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/exports", """{"exported_object":"voucher","parameters":{"fields":["price"]}}""")).Error(400, "invalid_export_fields");
    }

    [Fact]
    public async Task Changes_of_balances_are_as_they_are_answered()
    {
        using var shop = await ShopAsync();
        (await shop.PostAsync("/v1/vouchers/G-2", """{"gift":{"amount":1}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/G-2/balance", """{"amount":7,"reason":"other"}""")).Ok();
        var listed = (await shop.GetAsync("/v1/vouchers/G-1/transactions")).Ok().GetProperty("data").EnumerateArray().ToArray();
        var rows = CsvText.Rows(await shop.ContentAsync("{}", "/v1/vouchers/G-1/transactions/export"));
        Assert.Equal(["-300", "500"], rows.Select(row => row["amount"]));
        Assert.Equal(["5200", "5500"], rows.Select(row => row["balance"]));
        Assert.Equal(["CREDITS_REMOVAL", "CREDITS_ADDITION"], rows.Select(row => row["type"]));
        for (var at = 0; at < rows.Count; at++)
        {
            foreach (var field in new[] { "id", "voucher_id", "source_id", "reason", "source", "created_at" })
            {
                Assert.Equal(listed[at].GetProperty(field).GetString() ?? "", rows[at][field]);
            }

            Assert.Equal(listed[at].GetProperty("details").GetRawText(), rows[at]["details"]);
        }

        Assert.Equal(["500", "-300"], CsvText.Rows(await shop.ContentAsync("""{"parameters":{"order":"created_at","fields":["amount"]}}""", "/v1/vouchers/G-1/transactions/export")).Select(row => row["amount"]));
        Assert.Equal(["500", "-300", "7"], (await shop.RowsAsync("voucher_transactions", """{"order":"created_at"}""")).Select(row => row["amount"]));
        Assert.Equal(["7"], (await shop.RowsAsync("voucher_transactions", """{"filters":{"voucher_id":{"conditions":{"$is_not":["V"]}},"reason":{"conditions":{"$is":["other"]}}}}""".Replace("\"V\"", $"\"{listed[0].GetProperty("voucher_id").GetString()}\"", StringComparison.Ordinal))).Select(row => row["amount"]));

        using var other = await api.NewProjectAsync();
        Assert.Equal("voucher", (await other.PostAsync("/v1/vouchers/G-1/transactions/export", "{}")).Error(404, "not_found").GetProperty("resource_type").GetString());
        Assert.Empty(await other.RowsAsync("voucher_transactions"));
    }

    [Fact]
    public async Task A_campaigns_transactions_are_those_of_its_cards()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Cards","vouchers_count":0,"voucher":{"gift":{"amount":100}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/Cards/vouchers/C-1", "{}")).Ok();
        (await shop.PostAsync("/v1/vouchers/OTHER", """{"gift":{"amount":100}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/C-1/balance", """{"amount":5}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/OTHER/balance", """{"amount":6}""")).Ok();
        Assert.Equal(["5"], CsvText.Rows(await shop.ContentAsync("{}", "/v1/campaigns/Cards/transactions/export")).Select(row => row["amount"]));
        Assert.Empty(CsvText.Rows(await shop.ContentAsync("""{"parameters":{"filters":{"reason":{"conditions":{"$is":["x"]}}}}}""", "/v1/campaigns/Cards/transactions/export")));
        using var other = await api.NewProjectAsync();
        (await other.PostAsync("/v1/campaigns/Cards/transactions/export", "{}")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_long_ledger_is_exported_whole()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/LONG", """{"gift":{"amount":1}}""")).Ok();
        await Task.WhenAll(Enumerable.Range(0, 620).Select(_ => shop.PostAsync("/v1/vouchers/LONG/balance", """{"amount":1}""")));
        var rows = CsvText.Rows(await shop.ContentAsync("{}", "/v1/vouchers/LONG/transactions/export"));
        Assert.Equal(Enumerable.Range(2, 620).Reverse().Select(balance => $"{balance}"), rows.Select(row => row["balance"]));
    }

    [Fact]
    public async Task Publications_are_as_they_are_answered_those_that_failed_too()
    {
        using var shop = await ShopAsync();
        (await shop.PostAsync("/v1/publications", """{"voucher":"P-1","customer":{"source_id":"customer-2"}}""")).Error(400, "voucher_disabled");
        var rows = await shop.RowsAsync("publication", """{"order":"created_at","fields":["voucher_code","customer_id","customer_source_id","date","channel","campaign","is_winner","metadata","metadata.from","id","result","failure_code"]}""");
        var listed = (await shop.GetAsync("/v1/publications?order=created_at")).Ok().GetProperty("publications").EnumerateArray().ToArray();
        Assert.Equal(listed.Select(one => one.GetProperty("id").GetString()), rows.Select(row => row["id"]));
        Assert.Equal(listed.Select(one => one.GetProperty("created_at").GetString()), rows.Select(row => row["date"]));
        Assert.Equal(
            [("C-1", "customer-1", "till", "Ten", "", "door", "SUCCESS", ""), ("P-1", "customer-2", "API", "", "", "", "FAILURE", "voucher_disabled")],
            rows.Select(row => (row["voucher_code"], row["customer_source_id"], row["channel"], row["campaign"], row["is_winner"], row["metadata.from"], row["result"], row["failure_code"])));
        foreach (var (filters, codes) in new[]
        {
            ("""{"result":{"conditions":{"$is":["FAILURE"]}}}""", "P-1"), ("""{"campaign":{"conditions":{"$is":["Ten"]}}}""", "C-1"), ("""{"voucher_type":{"conditions":{"$is":["DISCOUNT_VOUCHER"]}}}""", "C-1"),
            ("""{"metadata.from":{"conditions":{"$is":["door"]}}}""", "C-1"), ("""{"failure_code":{"conditions":{"$has_value":true}}}""", "P-1"),
        })
        {
            Assert.Equal(codes, string.Join(' ', (await shop.RowsAsync("publication", $$"""{"filters":{{filters}} }""")).Select(row => row["code"])));
        }

        foreach (var order in new[] { "id", "-voucher_code", "tracking_id", "customer_id", "-channel" })
        {
            Assert.Equal(2, (await shop.RowsAsync("publication", $$"""{"order":"{{order}}"}""")).Count);
        }

        Assert.Equal(["code", "customer_id", "date", "channel"], (await shop.RowsAsync("publication"))[0].Keys);
    }

    // A code of a campaign that somebody has, a gift card that was changed twice, and discounts of several kinds.
    private async Task<ProjectClient> ShopAsync()
    {
        var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/categories", """{"name":"Seasonal","hierarchy":1}""")).Ok();
        var rule = (await shop.PostAsync("/v1/validation-rules", """{"name":"x","rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}}}}"""))["id"];
        (await shop.PostAsync("/v1/campaigns", """{"name":"Ten","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/Ten/vouchers/C-1", "{}")).Ok();
        (await shop.PostAsync("/v1/publications", """{"campaign":"Ten","customer":{"source_id":"customer-1"},"channel":"till","metadata":{"from":"door"}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/G-1", """{"gift":{"amount":5000},"redemption":{"quantity":null},"expiration_date":"2030-12-24","metadata":{"level":"gold"}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/G-1/balance", """{"amount":500,"source_id":"s-1","reason":"late"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/G-1/balance", """{"amount":-300}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/P-1", """
            {"discount":{"type":"PERCENT","percent_off":12.5,"amount_limit":1000},"active":false,"category":"Seasonal","start_date":"2026-01-01","validity_day_of_week":[1,2],
             "validity_timeframe":{"interval":"P2D","duration":"P1D"}}
            """)).Ok();
        (await shop.PostAsync("/v1/vouchers/U-1", $$"""{"discount":{"type":"UNIT","unit_off":2,"unit_type":"prod_1","effect":"ADD_NEW_ITEMS"},"validation_rules":["{{rule}}"]}""")).Ok();
        return shop;
    }
}
