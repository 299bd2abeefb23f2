using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.CampaignTemplates;

[Collection(ApiTests.Name)]
public sealed class CampaignTemplateApiTests(ApiHost api)
{
    private const string Templates = "/v1/templates/campaigns";

    private const string Rule = """
        {"name":"Large orders","error":{"message":"Buy more"},"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1000]}},"logic":"1"}}
        """;

    [Fact]
    public async Task A_template_is_made_listed_renamed_and_deleted()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Ten","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","voucher":{"gift":{"amount":500}}}""")).Ok();
        var made = (await shop.PostAsync(Templates, """{"name":"T1","description":"d","campaign_id":"Ten"}""", ("Idempotency-Key", "k"))).Ok();
        Shape.Is(made, "id name description campaign_type created_at object");
        Assert.Equal(("T1", "DISCOUNT_COUPONS", "campaign_template"), (Text(made, "name"), Text(made, "campaign_type"), Text(made, "object")));
        var id = Text(made, "id");
        Assert.Equal(id, (await shop.PostAsync(Templates, """{"name":"T1","description":"d","campaign_id":"Ten"}""", ("Idempotency-Key", "k")))["id"]);
        (await shop.PostAsync(Templates, """{"name":"T2","campaign_id":"Ten"}""", ("Idempotency-Key", "k"))).Error(409, "idempotency_key_reused");
        (await shop.PostAsync(Templates, """{"name":"T1","campaign_id":"Gifts"}""")).Error(409, "duplicate_found");
        var gift = (await shop.PostAsync(Templates, """{"name":"G1","campaign_id":"Gifts"}"""))["id"];
        var other = (await shop.PostAsync(Templates, """{"name":"T2","campaign_id":"Ten"}"""))["id"];
        (await shop.PutAsync($"{Templates}/{other}", """{"name":"G1"}""")).Error(409, "duplicate_found");
        var changed = (await shop.PutAsync($"{Templates}/{id}", """{"name":"T","description":null}""")).Ok();
        Assert.Equal(("T", false, true), (Text(changed, "name"), changed.TryGetProperty("description", out _), changed.TryGetProperty("updated_at", out _)));
        Assert.Equal(changed.GetRawText(), (await shop.GetAsync($"{Templates}/{id}")).Ok().GetRawText());

        // Page by page each once, in both directions.
        var all = new[] { id, gift, other }.Order(StringComparer.Ordinal).ToList();
        foreach (var order in new[] { "id", "-id" })
        {
            var first = (await shop.GetAsync($"{Templates}?limit=2&order={order}&include_total=true")).Ok();
            Assert.Equal((3, true), (first.GetProperty("total").GetInt32(), first.GetProperty("has_more").GetBoolean()));
            var second = (await shop.GetAsync($"{Templates}?limit=2&order={order}&starting_after_id={Text(first, "more_starting_after")}")).Ok();
            Assert.Equal((false, false, false), (second.GetProperty("has_more").GetBoolean(), second.TryGetProperty("total", out _), second.TryGetProperty("more_starting_after", out _)));
            Assert.Equal(order == "id" ? all : Enumerable.Reverse(all), Shape.Texts(first.GetProperty("data"), "id").Concat(Shape.Texts(second.GetProperty("data"), "id")));
        }

        Assert.Equal([gift!], Shape.Texts((await shop.GetAsync($"{Templates}?filters[campaign_type][conditions][$is][0]=GIFT_VOUCHERS")).Ok().GetProperty("data"), "id"));
        (await shop.GetAsync($"{Templates}?filters[colour][conditions][$is][0]=red")).Error(400, "invalid_query_params");

        Assert.Equal(204, (await shop.DeleteAsync($"{Templates}/{id}")).Status);
        (await shop.DeleteAsync($"{Templates}/{id}")).Error(404, "not_found");
        (await shop.GetAsync($"{Templates}/{id}")).Error(404, "not_found");
        (await shop.PostAsync(Templates, """{"name":"T1","description":"d","campaign_id":"Ten"}""", ("Idempotency-Key", "k"))).Error(404, "not_found");
    }

    [Theory]
    [InlineData("""{"campaign_id":"Ten"}""", 400, "invalid_payload", "name")]
    [InlineData("""{"name":"T"}""", 400, "invalid_payload", "campaign_id")]
    [InlineData("""{"name":"T","campaign_id":"Ten","promotion_tier_id":"promo_1"}""", 400, "invalid_payload", "promotion_tier_id")]
    [InlineData("""{"name":"T","campaign_id":"none"}""", 404, "not_found", "campaign")]
    [InlineData("""{"name":"T","promotion_tier_id":"promo_none"}""", 404, "not_found", "promotion_tier")]
    [InlineData("""{"name":"T","campaign_id":"Cart"}""", 400, "campaign_type_is_not_supported_by_campaign_template", "coupons")]
    public async Task What_is_no_template_is_refused(string body, int status, string key, string named)
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Ten","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Cart","campaign_type":"PROMOTION"}""")).Ok();
        Assert.Contains(named, (await shop.PostAsync(Templates, body)).Error(status, key).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_is_what_its_template_was_made_of_but_for_what_is_given()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/categories", """{"name":"Seasonal","hierarchy":1}""")).Ok();
        var rule = (await shop.PostAsync("/v1/validation-rules", Rule))["id"];
        (await shop.PostAsync("/v1/campaigns", $$$"""
            {"name":"Ten","type":"AUTO_UPDATE","description":"d","category":"Seasonal","join_once":true,"expiration_date":"2030-01-01","metadata":{"a":1},"validation_rules":["{{{rule}}}"],
             "voucher":{"discount":{"type":"PERCENT","percent_off":10},"redemption":{"quantity":3},"code_config":{"prefix":"T-","length":12} } }
            """)).Ok();
        var template = (await shop.PostAsync(Templates, """{"name":"T","campaign_id":"Ten"}"""))["id"];

        // What becomes of the campaign and of its rule is nothing to the template.
        (await shop.PutAsync("/v1/campaigns/Ten", """{"description":"other","discount":{"type":"PERCENT","percent_off":20}}""")).Ok();
        (await shop.PutAsync($"/v1/validation-rules/{rule}", """{"name":"Other"}""")).Ok();

        const string Body = """{"name":"October","expiration_date":"2031-01-01","voucher":{"code_config":{"prefix":"O-","length":12}},"vouchers_count":2}""";
        var setup = (await shop.PostAsync($"{Templates}/{template}/campaign-setup", Body, ("Idempotency-Key", "k"))).Ok();
        Shape.Is(setup, "created_resources campaign object");
        Assert.Equal("campaign_setup", Text(setup, "object"));
        var (campaign, own) = (setup.GetProperty("campaign"), setup.GetProperty("created_resources")[0]);
        Assert.Equal(("October", "d", "AUTO_UPDATE", "DISCOUNT_COUPONS"), (Text(campaign, "name"), Text(campaign, "description"), Text(campaign, "type"), Text(campaign, "campaign_type")));
        Assert.Equal((10, 3), (campaign.GetProperty("voucher").GetProperty("discount").GetProperty("percent_off").GetInt32(), campaign.GetProperty("voucher").GetProperty("redemption").GetProperty("quantity").GetInt32()));
        Assert.StartsWith("2031-01-01", Text(campaign, "expiration_date"), StringComparison.Ordinal);
        Assert.Equal((true, 1, JsonValueKind.Null), (campaign.GetProperty("join_once").GetBoolean(), campaign.GetProperty("metadata").GetProperty("a").GetInt32(), campaign.GetProperty("category_id").ValueKind));
        Assert.Equal(("validation_rules", true), (Text(own, "object"), Text(own, "id") != rule));
        Assert.Equal([Text(own, "id")], Shape.Texts(campaign.GetProperty("validation_rules_assignments").GetProperty("data"), "rule_id"));
        Assert.Equal("Large orders", (await shop.GetAsync($"/v1/validation-rules/{Text(own, "id")}"))["name"]);
        Assert.Equal(2, (await Campaigns.CampaignApiTests.MadeAsync(shop, "October")).GetProperty("vouchers_count").GetInt32());
        Assert.All(Shape.Texts((await shop.GetAsync("/v1/vouchers?campaign=October")).Ok().GetProperty("vouchers"), "code"), static code => Assert.StartsWith("O-", code, StringComparison.Ordinal));

        // The same again makes no other rule, and a campaign that is refused leaves none.
        Assert.Equal(Text(campaign, "id"), Text((await shop.PostAsync($"{Templates}/{template}/campaign-setup", Body, ("Idempotency-Key", "k"))).Ok().GetProperty("campaign"), "id"));
        (await shop.PostAsync($"{Templates}/{template}/campaign-setup", """{"name":"October"}""")).Error(409, "duplicate_found");
        Assert.Equal(2, (await shop.GetAsync("/v1/validation-rules")).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync($"{Templates}/{template}/campaign-setup", "{}")).Error(400, "invalid_payload");
        (await shop.PostAsync($"{Templates}/{template}/campaign-setup", $$$"""{"name":"N","validation_rules":["{{{rule}}}"]}""")).Error(400, "invalid_payload");
        (await shop.PostAsync($"{Templates}/camp_tpl_none/campaign-setup", """{"name":"N"}""")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_tier_is_made_of_a_template_of_coupons_or_of_another_tier()
    {
        using var shop = await api.NewProjectAsync();
        var rule = (await shop.PostAsync("/v1/validation-rules", Rule))["id"];
        var cart = (await shop.PostAsync("/v1/campaigns", $$$"""
            {"name":"Cart","campaign_type":"PROMOTION","promotion":{"tiers":[{"name":"First","banner":"b","action":{"discount":{"type":"AMOUNT","amount_off":300}},"metadata":{"a":1},"expiration_date":"2030-01-01","validation_rules":["{{{rule}}}"]}]} }
            """)).Ok();
        var tier = Text(cart.GetProperty("promotion").GetProperty("tiers")[0], "id");
        var template = (await shop.PostAsync(Templates, $$"""{"name":"T","promotion_tier_id":"{{tier}}"}""")).Ok();
        Assert.Equal("DISCOUNT_COUPONS", Text(template, "campaign_type"));
        var path = $"{Templates}/{Text(template, "id")}";

        var setup = (await shop.PostAsync($"{path}/tier-setup", """{"campaign_id":"Cart","name":"Second","banner":"c","hierarchy":1}""", ("Idempotency-Key", "k"))).Ok();
        Shape.Is(setup, "created_resources promotion_tier object");
        var second = setup.GetProperty("promotion_tier");
        Assert.Equal(("promotion_tier_setup", "Second", "c", 1), (Text(setup, "object"), Text(second, "name"), Text(second, "banner"), second.GetProperty("hierarchy").GetInt32()));
        Assert.Equal((300, 1), (second.GetProperty("action").GetProperty("discount").GetProperty("amount_off").GetInt32(), second.GetProperty("metadata").GetProperty("a").GetInt32()));
        Assert.StartsWith("2030-01-01", Text(second, "expiration_date"), StringComparison.Ordinal);
        Assert.Equal(2, (await shop.GetAsync("/v1/validation-rules")).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync($"{path}/tier-setup", """{"campaign_id":"Cart","name":"Second","banner":"c","hierarchy":1}""", ("Idempotency-Key", "k"))).Ok();
        Assert.Equal(2, (await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("total").GetInt32());

        // Coupons of what was a tier.
        var coupons = (await shop.PostAsync($"{path}/campaign-setup", """{"name":"Coupons"}""")).Ok().GetProperty("campaign");
        Assert.Equal((300, "DISCOUNT_COUPONS"), (coupons.GetProperty("voucher").GetProperty("discount").GetProperty("amount_off").GetInt32(), Text(coupons, "campaign_type")));

        (await shop.PostAsync("/v1/campaigns", """{"name":"Gifts","voucher":{"gift":{"amount":500}}}""")).Ok();
        var gifts = (await shop.PostAsync(Templates, """{"name":"G","campaign_id":"Gifts"}"""))["id"];
        Assert.Contains("campaign_id", (await shop.PostAsync($"{Templates}/{gifts}/tier-setup", """{"campaign_id":"Cart","name":"N"}""")).Error(400, "invalid_payload").GetRawText(), StringComparison.Ordinal);
        (await shop.PostAsync($"{path}/tier-setup", """{"campaign_id":"Coupons","name":"N"}""")).Error(400, "invalid_campaign");
        (await shop.PostAsync($"{path}/tier-setup", """{"campaign_id":"none","name":"N"}""")).Error(404, "not_found");
        (await shop.PostAsync($"{path}/tier-setup", """{"campaign_id":"Cart"}""")).Error(400, "invalid_payload");
        (await shop.PostAsync($"{path}/tier-setup", """{"campaign_id":"Cart","name":"N","action":{"discount":{"type":"PERCENT","percent_off":1}}}""")).Error(400, "invalid_payload");
        Assert.Equal(3, (await shop.GetAsync("/v1/validation-rules")).Ok().GetProperty("total").GetInt32());
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
