using Marketing.Api;
using Xunit;

namespace Marketing.Redemptions;

/// <summary>The calls of the first script for web pages: one code, everything in the query.</summary>
[Collection(ApiTests.Name)]
public sealed class ClientSideIncentivesTests(ApiHost api)
{
    [Fact]
    public async Task One_code_is_validated_by_what_stands_in_the_query()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = shop.ClientSide();
        (await shop.PostAsync("/v1/vouchers/TEN", """{"discount":{"type":"PERCENT","percent_off":10},"metadata":{"a":1}}""")).Ok();

        var whole = (await browser.GetAsync("/client/v1/validate?code=TEN&amount=5000&tracking_id=visitor")).Ok();
        Assert.Equal((true, "TEN", "visitor", 500), (whole.GetProperty("valid").GetBoolean(), whole.GetProperty("code").GetString(), whole.GetProperty("tracking_id").GetString(), whole.GetProperty("order").GetProperty("total_discount_amount").GetInt32()));
        var items = (await browser.GetAsync("/client/v1/validate?code=TEN&item[0][source_id]=7&item[0][quantity]=2&item[0][price]=300&item[1][source_id]=8&item[1][price]=400&customer[source_id]=42")).Ok();
        Assert.Equal(100, items.GetProperty("order").GetProperty("total_discount_amount").GetInt32());
        Assert.Equal(["7", "8"], items.GetProperty("order").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("source_id").GetString()));
        (await shop.GetAsync("/v1/customers/42")).Error(404, "not_found");

        (await browser.GetAsync("/client/v1/validate?code=ELEVEN&amount=1")).Error(404, "not_found");
        Assert.Contains("code", (await browser.GetAsync("/client/v1/validate?amount=1")).Error(400, "invalid_query_params").GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Contains("amount", (await browser.GetAsync("/client/v1/validate?code=TEN&amount=much")).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
        (await browser.GetAsync("/client/v1/validate?code=TEN&order=x&order[amount]=1")).Error(400, "invalid_query_params");
        (await browser.GetAsync($"/client/v1/validate?code=TEN&metadata{string.Concat(Enumerable.Repeat("[a]", 100))}=1")).Error(400, "invalid_query_params");
    }

    [Fact]
    public async Task Rules_see_metadata_of_the_query_with_their_types()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = shop.ClientSide();
        (await shop.PostAsync("/v1/vouchers/TEN", """{"discount":{"type":"PERCENT","percent_off":10}}""")).Ok();
        var rule = (await shop.PostAsync("/v1/validation-rules", """{"name":"Web","type":"advanced","context_type":"voucher.discount_voucher","rules":{"1":{"name":"redemption.metadata","property":"items","conditions":{"$more_than":[2]}},"logic":"1"}}""")).Ok().GetProperty("id").GetString();
        (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", """{"related_object_type":"voucher","related_object_id":"TEN"}""")).Ok();
        Assert.True((await browser.GetAsync("/client/v1/validate?code=TEN&amount=5000&metadata[items]=3")).Ok().GetProperty("valid").GetBoolean());
        Assert.False((await browser.GetAsync("/client/v1/validate?code=TEN&amount=5000&metadata[items]=2")).Ok().GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_session_holds_what_was_validated()
    {
        using var shop = await api.NewProjectAsync();
        using var browser = shop.ClientSide();
        (await shop.PostAsync("/v1/vouchers/ONE", """{"discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":1}}""")).Ok();
        var held = (await browser.GetAsync("/client/v1/validate?code=ONE&amount=100&session_type=LOCK&session_key=mine&session_ttl=5&session_ttl_unit=MINUTES")).Ok();
        Assert.Equal("mine", held.GetProperty("session").GetProperty("key").GetString());
        Assert.False((await browser.GetAsync("/client/v1/validate?code=ONE&amount=100")).Ok().GetProperty("valid").GetBoolean());
        Assert.True((await browser.GetAsync("/client/v1/validate?code=ONE&amount=100&session_type=LOCK&session_key=mine")).Ok().GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Redeeming_and_publishing_are_there_where_the_project_says_so()
    {
        using var closed = await api.NewProjectAsync();
        using var shut = closed.ClientSide();
        (await shut.PostAsync("/client/v1/redeem?code=TEN", "{}")).Error(404, "not_found");
        (await shut.PostAsync("/client/v1/publish", """{"campaign":"Codes","customer":"ann"}""")).Error(404, "not_found");

        using var shop = await api.NewProjectAsync(settings => settings with { ClientRedeem = true, ClientPublish = true });
        using var browser = shop.ClientSide();
        (await shop.PostAsync("/v1/customers", """{"source_id":"ann","name":"Ann","email":"ann@example.com"}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Codes","vouchers_count":2,"voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        await shop.UntilAsync("/v1/campaigns/Codes", made => made.GetProperty("creation_status").GetString() == "DONE");

        var published = (await browser.PostAsync("/client/v1/publish?join_once=true", """{"campaign":{"name":"Codes"},"customer":{"source_id":"ann","name":"Not Ann"}}""")).Ok();
        var code = published.GetProperty("voucher").GetProperty("code").GetString();
        Assert.Equal(["id", "object", "source_id"], published.GetProperty("customer").EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(code, (await browser.PostAsync("/client/v1/publish?join_once=true", """{"campaign":"Codes","customer":"ann"}""")).Ok().GetProperty("voucher").GetProperty("code").GetString());
        (await browser.PostAsync("/client/v1/publish", """{"campaign":"Codes","customer":{"source_id":"nobody"}}""")).Error(404, "not_found");

        var redeemed = (await browser.PostAsync($"/client/v1/redeem?code={code}&tracking_id=visitor", """{"customer":{"source_id":"ann","name":"Not Ann"},"order":{"amount":1000}}""")).Ok();
        Assert.Equal(("redemption", "SUCCESS", "visitor"), (redeemed.GetProperty("object").GetString(), redeemed.GetProperty("result").GetString(), redeemed.GetProperty("tracking_id").GetString()));
        Assert.DoesNotContain("ann@example.com", redeemed.GetRawText(), StringComparison.Ordinal);
        (await browser.PostAsync($"/client/v1/redeem?code={code}", """{"customer":{"source_id":"nobody"}}""")).Error(404, "not_found");
        (await browser.PostAsync("/client/v1/redeem", "{}")).Error(400, "invalid_query_params");
        (await browser.PostAsync($"/client/v1/redeem?code={code}", "{}")).Error(400, "quantity_exceeded");
        Assert.Equal("Ann", (await shop.GetAsync("/v1/customers/ann"))["name"]);
    }
}
