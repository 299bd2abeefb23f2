using Marketing.Api;
using Xunit;

namespace Marketing.Exports;

/// <summary>Redemptions in exports.</summary>
[Collection(ApiTests.Name)]
public sealed class RedemptionExportTests(ApiHost api)
{
    [Fact]
    public async Task Redemptions_are_as_they_are_answered_with_failures_rollbacks_and_parts_of_stacks()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/vouchers/TEN", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":5000}}""")).Ok();
        var done = (await shop.PostAsync("/v1/redemptions", """
            {"redeemables":[{"object":"voucher","id":"TEN"},{"object":"voucher","id":"CARD","gift":{"credits":100}}],"customer":{"source_id":"ann","name":"Ann"},
             "order":{"amount":1000},"metadata":{"till":"3"}}
            """)).Ok();
        (await shop.PostAsync("/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"TEN"}],"customer":{"source_id":"bob"},"order":{"amount":1000}}""")).Error(400, "quantity_exceeded");
        (await shop.PostAsync($"/v1/redemptions/{done.GetProperty("parent_redemption").GetProperty("id").GetString()}/rollbacks")).Ok();

        var rows = await shop.RowsAsync("redemption", """{"order":"created_at","fields":["id","object","voucher_code","customer_source_id","customer_name","order_amount","gift_amount","result","failure_code","metadata.till"]}""");
        var parts = done.GetProperty("redemptions").EnumerateArray().Select(static one => one.GetProperty("id").GetString()).ToList();
        Assert.Equal(parts, rows.Take(2).Select(row => row["id"]));
        Assert.Equal(
            [
                ("redemption", "TEN", "ann", "Ann", "1000", "", "SUCCESS", "", "3"), ("redemption", "CARD", "ann", "Ann", "1000", "100", "SUCCESS", "", "3"),
                ("redemption", "TEN", "bob", "", "", "", "FAILURE", "quantity_exceeded", ""),
                ("redemption_rollback", "TEN", "ann", "Ann", "1000", "", "SUCCESS", "", ""), ("redemption_rollback", "CARD", "ann", "Ann", "1000", "-100", "SUCCESS", "", ""),
            ],
            rows.Select(row => (row["object"], row["voucher_code"], row["customer_source_id"], row["customer_name"], row["order_amount"], row["gift_amount"], row["result"], row["failure_code"], row["metadata.till"])));
        foreach (var (filters, count) in new[]
        {
            ("""{"result":{"conditions":{"$is":["FAILURE"]}}}""", 1), ("""{"voucher":{"conditions":{"$is":["CARD"]}}}""", 2), ("""{"status":{"conditions":{"$is":["ROLLED_BACK"]}}}""", 2),
            ("""{"object":{"conditions":{"$is":["redemption_rollback"]}}}""", 2), ("""{"metadata.till":{"conditions":{"$is":["3"]}}}""", 2), ("""{"failure_code":{"conditions":{"$has_value":true}}}""", 1),
        })
        {
            Assert.Equal(count, (await shop.RowsAsync("redemption", $$"""{"filters":{{filters}} }""")).Count);
        }

        foreach (var order in new[] { "id", "-voucher_code", "tracking_id", "customer_id" })
        {
            Assert.Equal(5, (await shop.RowsAsync("redemption", $$"""{"order":"{{order}}"}""")).Count);
        }

        Assert.Equal(["id", "object", "voucher_code", "customer_id", "date", "result"], (await shop.RowsAsync("redemption"))[0].Keys);
    }
}
