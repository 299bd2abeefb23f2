using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Promotions;

[Collection(ApiTests.Name)]
public sealed class PromotionTierApiTests(ApiHost api)
{
    private const string Fields =
        "id created_at name banner action metadata hierarchy promotion_id campaign campaign_id active start_date expiration_date validity_timeframe validity_day_of_week validity_hours summary object "
        + "validation_rule_assignments categories";

    [Fact]
    public async Task A_tier_has_the_fields_of_the_product()
    {
        using var shop = await api.NewProjectAsync();
        var campaign = (await shop.PostAsync("/v1/campaigns", """{"name":"Cart","campaign_type":"PROMOTION","start_date":"2026-01-01","metadata":{"of":"campaign"}}""")).Ok();
        Assert.Equal(0, Shape.List(campaign.GetProperty("promotion"), "tiers", "total has_more").GetArrayLength());
        var made = (await shop.PostAsync("/v1/promotions/Cart/tiers", Samples.PromotionTier)).Ok();
        Shape.Is(made, Fields);
        Assert.Equal(
            ("promotion_tier", "Tenth", "10% off", 1, true), (Text(made, "object"), Text(made, "name"), Text(made, "banner"), made.GetProperty("hierarchy").GetInt32(), made.GetProperty("active").GetBoolean()));
        Assert.StartsWith("promo_", Text(made, "id"), StringComparison.Ordinal);
        Assert.Equal("""{"discount":{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ORDER","amount_limit":5000}}""", made.GetProperty("action").GetRawText());
        Assert.Equal("2030-12-24T23:59:59.999Z", Text(made, "expiration_date"));
        Assert.Equal("""{"redemptions":{"total_redeemed":0},"orders":{"total_amount":0,"total_discount_amount":0}}""", made.GetProperty("summary").GetRawText());
        Assert.Equal((Text(campaign, "id"), Text(campaign, "id")), (Text(made, "promotion_id"), Text(made, "campaign_id")));
        var of = made.GetProperty("campaign");
        Shape.Is(of, "id start_date active object");
        Assert.Equal((Text(campaign, "id"), "2026-01-01T00:00:00.000Z", "campaign"), (Text(of, "id"), Text(of, "start_date"), Text(of, "object")));
        Assert.Equal(0, Shape.List(made.GetProperty("validation_rule_assignments"), "data", "total").GetArrayLength());

        Assert.Equal(made.GetRawText(), (await shop.GetAsync($"/v1/promotions/tiers/{Text(made, "id")}")).Ok().GetRawText());
        Assert.Equal(made.GetRawText(), Shape.List((await shop.GetAsync("/v1/promotions/tiers")).Ok(), "tiers", "total has_more")[0].GetRawText());
        Assert.Equal(made.GetRawText(), Shape.List((await shop.GetAsync("/v1/promotions/Cart/tiers")).Ok(), "tiers", "total has_more")[0].GetRawText());
        Assert.Equal(made.GetRawText(), (await shop.GetAsync("/v1/campaigns/Cart")).Ok().GetProperty("promotion").GetProperty("tiers")[0].GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"AMOUNT","amount_off":500,"effect":"APPLY_TO_ITEMS"}""")]
    [InlineData("""{"type":"AMOUNT","amount_off":500,"amount_off_formula":"ORDER_AMOUNT * 0.1","aggregated_amount_limit":900}""")]
    [InlineData("""{"type":"FIXED","fixed_amount":100,"effect":"APPLY_TO_ITEMS"}""")]
    [InlineData("""{"type":"UNIT","unit_off":1,"unit_type":"prod_1","effect":"ADD_MISSING_ITEMS"}""")]
    [InlineData("""{"type":"UNIT","effect":"ADD_MANY_ITEMS","units":[{"unit_off":1,"unit_type":"prod_1","effect":"ADD_NEW_ITEMS"}]}""")]
    public async Task Every_kind_of_discount_is_taken(string discount)
    {
        using var shop = await NewShopAsync();
        var made = (await shop.PostAsync("/v1/promotions/Cart/tiers", $$$"""{"name":"x","action":{"discount":{{{discount}}}}}""")).Ok();
        Assert.Equal(discount, made.GetProperty("action").GetProperty("discount").GetRawText());
    }

    [Theory]
    [InlineData("""{"action":{"discount":{"type":"PERCENT","percent_off":10}}}""", "Payload must have required property 'name'")]
    [InlineData("""{"name":" ","action":{"discount":{"type":"PERCENT","percent_off":10}}}""", "Payload property '.name' must NOT have fewer than 1 characters")]
    [InlineData("""{"name":"x"}""", "Payload must have required property 'action'")]
    [InlineData("""{"name":"x","action":{}}""", "Payload property '.action' must have required property 'discount'")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":101}}}""", "Payload property '.action.discount.percent_off' must be")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"LESS"}}}""", "Payload property '.action.discount.type' must be")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"UNIT"}}}""", "Payload property '.action.discount.unit_type' ")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"hierarchy":0}""", "Payload property '.hierarchy' must be >= 1")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"hierarchy":1.5}""", "Payload property '.hierarchy' must be integer")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"start_date":"2026-02-01","expiration_date":"2026-01-01"}""", "Payload property '.expiration_date' must be later than 'start_date'")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"validity_timeframe":{"interval":"P2D","duration":"P1D"}}""", "Payload property '.validity_timeframe' needs a 'start_date' to count from")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"validity_day_of_week":[7]}""", "Payload property '.validity_day_of_week[0]' must be a day of the week")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"metadata":[]}""", "Payload property '.metadata' must be object")]
    [InlineData("""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"validation_rules":[1]}""", "Payload property '.validation_rules[0]' must be string")]
    public async Task What_is_wrong_is_named(string body, string details)
    {
        using var shop = await NewShopAsync();
        Assert.StartsWith(details, (await shop.PostAsync("/v1/promotions/Cart/tiers", body)).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("total").GetInt32());

        // In the body of a campaign as well, with the place there.
        var placed = details.Replace("property '.", "property '.promotion.tiers[0].", StringComparison.Ordinal).Replace("Payload must", "Payload property '.promotion.tiers[0]' must", StringComparison.Ordinal);
        var refused = (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"Other","campaign_type":"PROMOTION","promotion":{"tiers":[{{{body}}}]}}""")).Error(400, "invalid_payload");
        Assert.StartsWith(placed, refused.GetProperty("details").GetString(), StringComparison.Ordinal);
        (await shop.GetAsync("/v1/campaigns/Other")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_tier_belongs_to_a_campaign_of_promotions()
    {
        using var shop = await NewShopAsync();
        var other = (await shop.PostAsync("/v1/campaigns", """{"name":"Codes","voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""")).Ok();
        foreach (var name in new[] { "Codes", Text(other, "id") })
        {
            var refused = (await shop.PostAsync($"/v1/promotions/{name}/tiers", Samples.PromotionTier)).Error(400, "invalid_campaign");
            Assert.Equal($"Campaign {name} is a DISCOUNT_COUPONS campaign; promotion tiers and stacks belong to a PROMOTION campaign", Text(refused, "details"));
        }

        Assert.Equal("campaign", Text((await shop.PostAsync("/v1/promotions/Nowhere/tiers", Samples.PromotionTier)).Error(404, "not_found"), "resource_type"));
        (await shop.GetAsync("/v1/promotions/Nowhere/tiers")).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/promotions/Codes/tiers")).Ok().GetProperty("total").GetInt32());
        (await shop.PostAsync("/v1/campaigns", """{"name":"Both","voucher":{"gift":{"amount":1}},"promotion":{"tiers":[{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":1}}}]}}"""))
            .Error(400, "invalid_campaign");
        Assert.False(other.TryGetProperty("promotion", out _));
    }

    [Fact]
    public async Task A_change_is_of_what_is_given()
    {
        using var shop = await NewShopAsync();
        var id = (await shop.PostAsync("/v1/promotions/Cart/tiers", Samples.PromotionTier))["id"];
        var changed = (await shop.PutAsync($"/v1/promotions/tiers/{id}", """{"name":"Fifth","banner":null,"action":{"discount":{"type":"PERCENT","percent_off":20}},"metadata":{"b":2},"validity_timeframe":null}""")).Ok();
        Assert.Equal(("Fifth", 20, """{"a":1,"b":2}"""), (Text(changed, "name"), changed.GetProperty("action").GetProperty("discount").GetProperty("percent_off").GetInt32(), changed.GetProperty("metadata").GetRawText()));
        Shape.Is(changed, Fields.Replace(" banner", " updated_at", StringComparison.Ordinal).Replace(" validity_timeframe", "", StringComparison.Ordinal));
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync($"/v1/promotions/tiers/{id}", """{"name":"Fifth","metadata":{"b":2},"hierarchy":1}""")).Ok().GetRawText());

        // As it was read.
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync($"/v1/promotions/tiers/{id}", changed.GetRawText())).Ok().GetRawText());
        (await shop.PutAsync($"/v1/promotions/tiers/{id}", """{"action":null}""")).Error(400, "invalid_payload");
        (await shop.PutAsync($"/v1/promotions/tiers/{id}", """{"start_date":"2031-01-01"}""")).Error(400, "invalid_payload");
        Assert.Equal(changed.GetRawText(), (await shop.GetAsync($"/v1/promotions/tiers/{id}")).Ok().GetRawText());
        Assert.Equal("promotion_tier", Text((await shop.PutAsync("/v1/promotions/tiers/promo_1", Samples.PromotionTierChange)).Error(404, "not_found"), "resource_type"));
    }

    [Fact]
    public async Task A_tier_is_disabled_and_enabled()
    {
        using var shop = await NewShopAsync();
        var id = (await shop.PostAsync("/v1/promotions/Cart/tiers", Samples.PromotionTier))["id"];
        var off = (await shop.PostAsync($"/v1/promotions/tiers/{id}/disable")).Ok();
        Shape.Is(off, $"{Fields} updated_at");
        Assert.False(off.GetProperty("active").GetBoolean());
        Assert.Equal(off.GetRawText(), (await shop.PostAsync($"/v1/promotions/tiers/{id}/disable")).Ok().GetRawText());
        Assert.False((await shop.GetAsync($"/v1/promotions/tiers/{id}")).Ok().GetProperty("active").GetBoolean());
        Assert.True((await shop.PostAsync($"/v1/promotions/tiers/{id}/enable")).Ok().GetProperty("active").GetBoolean());
        foreach (var verb in new[] { "enable", "disable" })
        {
            Assert.Equal("Cannot find promotion_tier with id promo_1", Text((await shop.PostAsync($"/v1/promotions/tiers/promo_1/{verb}")).Error(404, "not_found"), "details"));
        }
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await NewShopAsync();
        (string, string) key = ("Idempotency-Key", "k");
        var id = (await shop.PostAsync("/v1/promotions/Cart/tiers", Samples.PromotionTier, key))["id"];
        Assert.Equal(id, (await shop.PostAsync("/v1/promotions/Cart/tiers", Samples.PromotionTier, key))["id"]);
        (await shop.PostAsync("/v1/promotions/Cart/tiers", """{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":1}}}""", key)).Error(409, "idempotency_key_reused");
        (await shop.DeleteAsync($"/v1/promotions/tiers/{id}")).Ok(204);
        (await shop.DeleteAsync($"/v1/promotions/tiers/{id}")).Error(404, "not_found");
        (await shop.PostAsync("/v1/promotions/Cart/tiers", Samples.PromotionTier, key)).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Categories_are_those_that_there_are()
    {
        using var shop = await NewShopAsync();
        var category = (await shop.PostAsync("/v1/categories", Samples.Category)).Ok();
        const string Discount = """ "name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}} """;
        foreach (var given in new[] { $"\"category_id\":\"{Text(category, "id")}\"", "\"category\":\"Seasonal\"" })
        {
            var tier = (await shop.PostAsync("/v1/promotions/Cart/tiers", $"{{{Discount},{given}}}")).Ok();
            Assert.Equal((Text(category, "id"), category.GetRawText()), (Text(tier, "category_id"), Ordered(tier.GetProperty("categories")[0], category)));
        }

        foreach (var (unknown, field) in new[] { ("\"category_id\":\"cat_1\"", "category_id"), ("\"category\":\"cat_1\"", "category") })
        {
            var refused = (await shop.PostAsync("/v1/promotions/Cart/tiers", $"{{{Discount},{unknown}}}")).Error(400, "invalid_payload");
            Assert.StartsWith($"Payload property '.{field}' must be the ", Text(refused, "details"), StringComparison.Ordinal);
        }

        var id = Text((await shop.GetAsync("/v1/promotions/tiers?limit=1")).Ok().GetProperty("tiers")[0], "id");
        (await shop.PutAsync($"/v1/promotions/tiers/{id}", """{"category":"Nothing"}""")).Error(400, "invalid_payload");
        var without = (await shop.PutAsync($"/v1/promotions/tiers/{id}", """{"category_id":null}""")).Ok();
        Assert.False(without.TryGetProperty("category_id", out _));
        Assert.Equal(0, without.GetProperty("categories").GetArrayLength());

        // A change of a category is seen at once.
        (await shop.PutAsync($"/v1/categories/{Text(category, "id")}", """{"name":"Renamed","hierarchy":7}""")).Ok();
        var listed = (await shop.GetAsync("/v1/promotions/Cart/tiers")).Ok().GetProperty("tiers")[0];
        Assert.Equal("Renamed", Text(listed.GetProperty("categories")[0], "name"));
        (await shop.DeleteAsync($"/v1/categories/{Text(category, "id")}")).Ok(204);
        Assert.Equal(0, (await shop.GetAsync($"/v1/promotions/tiers/{Text(listed, "id")}")).Ok().GetProperty("categories").GetArrayLength());
    }

    [Fact]
    public async Task Metadata_is_as_the_schema_says()
    {
        using var shop = await NewShopAsync();
        using var operators = api.Management();
        (await operators.PostAsync(
            $"/management/v1/projects/{shop.Project.Id}/metadata-schemas", """{"related_object":"promotion_tier","allow_defined_only":true,"properties":{"level":{"type":"number","optional":false}}}""")).Ok();
        const string Tier = """{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":10}},"metadata":{"level":LEVEL}}""";
        (await shop.PostAsync("/v1/promotions/Cart/tiers", Tier.Replace("LEVEL", "\"a\"", StringComparison.Ordinal))).Error(400, "metadata_validation_failed");
        var refused = (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"Other","campaign_type":"PROMOTION","promotion":{"tiers":[{{{Tier.Replace("LEVEL", "1", StringComparison.Ordinal)}}},{{{Tier.Replace("LEVEL", "\"a\"", StringComparison.Ordinal)}}}]}}"""))
            .Error(400, "metadata_validation_failed");
        Assert.Equal(["promotion.tiers[1].metadata.level"], Shape.Texts(refused.GetProperty("problems"), "field"));
        (await shop.GetAsync("/v1/campaigns/Other")).Error(404, "not_found");
        var id = (await shop.PostAsync("/v1/promotions/Cart/tiers", Tier.Replace("LEVEL", "1", StringComparison.Ordinal)))["id"];
        (await shop.PutAsync($"/v1/promotions/tiers/{id}", """{"metadata":{"level":"b"}}""")).Error(400, "metadata_validation_failed");
    }

    private async Task<ProjectClient> NewShopAsync()
    {
        var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Cart","campaign_type":"PROMOTION"}""")).Ok();
        return shop;
    }

    private static string Text(JsonElement value, string field) => value.GetProperty(field).GetString()!;

    // The fields in the order of another.
    private static string Ordered(JsonElement value, JsonElement like)
    {
        Assert.Equal(like.EnumerateObject().Count(), value.EnumerateObject().Count());
        return $"{{{string.Join(',', like.EnumerateObject().Select(field => $"\"{field.Name}\":{value.GetProperty(field.Name).GetRawText()}"))}}}";
    }
}
