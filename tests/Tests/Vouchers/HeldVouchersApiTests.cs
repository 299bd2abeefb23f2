using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Vouchers;

/// <summary>What a customer was given.</summary>
[Collection(ApiTests.Name)]
public sealed class HeldVouchersApiTests(ApiHost api)
{
    [Fact]
    public async Task A_customer_has_what_was_given_to_them_with_whether_it_can_be_redeemed()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var (code, voucher) in new[]
        {
            ("GOOD", """{"gift":{"amount":100}}"""), ("OFF", """{"gift":{"amount":100}}"""), ("OLD", """{"gift":{"amount":100}}"""), ("SPENT", """{"gift":{"amount":100}}"""),
            ("USED", """{"discount":{"type":"PERCENT","percent_off":10}}"""), ("LATER", """{"gift":{"amount":100}}"""),
        })
        {
            (await shop.PostAsync($"/v1/vouchers/{code}", voucher)).Ok();
            (await shop.PostAsync("/v1/publications", $$$"""{"voucher":"{{{code}}}","customer":{"source_id":"ann"}}""")).Ok();
        }

        (await shop.PostAsync("/v1/vouchers/OFF/disable")).Ok();
        (await shop.PutAsync("/v1/vouchers/OLD", """{"expiration_date":"2020-01-01"}""")).Ok();
        (await shop.PutAsync("/v1/vouchers/LATER", """{"start_date":"2090-01-01"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/SPENT/redemption", """{"gift":{"credits":100}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/USED/redemption", """{"customer":{"source_id":"ann"},"order":{"amount":100}}""")).Ok();
        var all = (await shop.GetAsync("/v1/customers/ann/redeemables")).Ok();
        Assert.Equal(
            ["LATER NOT_ACTIVE_YET", "USED USED", "SPENT NO_BALANCE", "OLD EXPIRED", "OFF DISABLED", "GOOD ACTIVE"],
            Shape.List(all, "data", "total has_more").EnumerateArray().Select(static one => $"{Of(one).GetProperty("voucher").GetProperty("code").GetString()} {Of(one).GetProperty("status").GetString()}"));
        var good = all.GetProperty("data")[5];
        Shape.Is(good, "id created_at redeemable_id redeemable_object customer_id holder_role campaign_id campaign_type voucher_type redeemable");
        Assert.Equal(("voucher", "OWNER", "GIFT_VOUCHER"), (good.GetProperty("redeemable_object").GetString(), good.GetProperty("holder_role").GetString(), good.GetProperty("voucher_type").GetString()));
        Assert.Equal((await shop.GetAsync("/v1/customers/ann"))["id"], good.GetProperty("customer_id").GetString());

        // Page by page each once, in both directions.
        foreach (var order in new[] { "id", "-id" })
        {
            var found = new List<string>();
            for (var after = ""; ;)
            {
                var page = (await shop.GetAsync($"/v1/customers/ann/redeemables?limit=4&order={order}{after}")).Ok();
                Assert.Equal(6, page.GetProperty("total").GetInt32());
                found.AddRange(page.GetProperty("data").EnumerateArray().Select(static one => one.GetProperty("id").GetString()!));
                if (!page.GetProperty("has_more").GetBoolean())
                {
                    break;
                }

                after = $"&starting_after_id={page.GetProperty("more_starting_after").GetString()}";
            }

            Assert.Equal(all.GetProperty("data").EnumerateArray().Select(static one => one.GetProperty("id").GetString()!), order == "id" ? found.AsEnumerable().Reverse() : found);
        }

        foreach (var (filters, codes) in new[]
        {
            ("filters[redeemable_object][conditions][$is][0]=voucher", "LATER USED SPENT OLD OFF GOOD"), ("filters[voucher_type][conditions][$is][0]=DISCOUNT_VOUCHER", "USED"),
            ("filters[holder_role][conditions][$is][0]=REFERRER", ""), ($"filters[id][conditions][$is][0]={good.GetProperty("id").GetString()}", "GOOD"),
            ("filters[voucher_type][conditions][$is][0]=GIFT_VOUCHER&order=id&limit=2", "GOOD OFF"), ("filters[created_at][conditions][$before][0]=2020-01-01", ""),
        })
        {
            var met = (await shop.GetAsync($"/v1/customers/ann/redeemables?{filters}")).Ok();
            Assert.Equal(codes, string.Join(' ', met.GetProperty("data").EnumerateArray().Select(static one => Of(one).GetProperty("voucher").GetProperty("code").GetString())));
            Assert.Equal(filters.Contains("limit", StringComparison.Ordinal) ? 5 : met.GetProperty("data").GetArrayLength(), met.GetProperty("total").GetInt32());
        }

        (await shop.GetAsync("/v1/customers/ann/redeemables?filters[colour][conditions][$is][0]=red")).Error(400, "invalid_query_params");
        (await shop.DeleteAsync("/v1/vouchers/GOOD?force=true")).Ok(204);
        Assert.Equal(5, (await shop.GetAsync("/v1/customers/ann/redeemables")).Ok().GetProperty("data").GetArrayLength());
    }

    private static JsonElement Of(JsonElement one) => one.GetProperty("redeemable");
}
