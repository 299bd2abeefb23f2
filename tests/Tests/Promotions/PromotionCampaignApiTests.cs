using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Promotions;

/// <summary>Tiers come and go with their campaign, and rules with their tiers.</summary>
[Collection(ApiTests.Name)]
public sealed class PromotionCampaignApiTests(ApiHost api)
{
    private const string Two = """
        {"name":"Cart","campaign_type":"PROMOTION","promotion":{"tiers":[
          {"name":"a","action":{"discount":{"type":"AMOUNT","amount_off":500}},"validation_rules":[RULES]},
          {"name":"b","action":{"discount":{"type":"PERCENT","percent_off":10}},"hierarchy":1,"active":false,"validation_rules":[RULES]}]}}
        """;

    [Fact]
    public async Task A_campaign_is_made_with_its_tiers_and_their_rules()
    {
        using var shop = await api.NewProjectAsync();
        var (one, other) = (await NewRuleAsync(shop), await NewRuleAsync(shop));
        (string, string) key = ("Idempotency-Key", "k");
        var body = Two.Replace("RULES", $"\"{one}\",\"{other}\",\"{one}\"", StringComparison.Ordinal);
        var made = (await shop.PostAsync("/v1/campaigns", body, key)).Ok();
        var tiers = Shape.List(made.GetProperty("promotion"), "tiers", "total has_more");
        Assert.Equal(["b", "a"], Shape.Texts(tiers, "name"));
        Assert.Equal([false, true], tiers.EnumerateArray().Select(tier => tier.GetProperty("active").GetBoolean()));
        foreach (var tier in tiers.EnumerateArray())
        {
            var assigned = Shape.List(tier.GetProperty("validation_rule_assignments"), "data", "total");
            Assert.Equal(new[] { one, other }.Order(StringComparer.Ordinal), Shape.Texts(assigned, "rule_id").Order(StringComparer.Ordinal));
            Shape.Is(assigned[0], "id rule_id related_object_id related_object_type created_at object");
            Assert.Equal(("promotion_tier", Text(tier, "id")), (Text(assigned[0], "related_object_type"), Text(assigned[0], "related_object_id")));
        }

        Assert.Equal(made.GetRawText(), (await shop.PostAsync("/v1/campaigns", body, key)).Ok().GetRawText());
        Assert.Equal(made.GetRawText(), (await shop.GetAsync("/v1/campaigns/Cart")).Ok().GetRawText());
        Assert.Equal(2, (await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("total").GetInt32());
        Assert.False((await shop.GetAsync("/v1/campaigns")).Ok().GetProperty("campaigns")[0].TryGetProperty("promotion", out _));
        Assert.Equal(2, (await shop.GetAsync($"/v1/validation-rules/{one}")).Ok().GetProperty("assignments_count").GetInt32());
        (await shop.DeleteAsync($"/v1/validation-rules/{one}")).Error(400, "resource_in_use");

        (await shop.PostAsync("/v1/campaigns", body)).Error(409, "duplicate_found");
        Assert.Equal(2, (await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_campaign_that_is_deleted_leaves_nothing()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await NewRuleAsync(shop);
        var made = (await shop.PostAsync("/v1/campaigns", Two.Replace("RULES", $"\"{rule}\"", StringComparison.Ordinal))).Ok().GetProperty("promotion").GetProperty("tiers");
        var stack = (await shop.PostAsync("/v1/promotions/Cart/stacks", $$$"""{"name":"s","tiers":{"ids":["{{{Text(made[0], "id")}}}"]}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Other","campaign_type":"PROMOTION"}""")).Ok();
        (await shop.PostAsync("/v1/promotions/Other/tiers", """{"name":"o","action":{"discount":{"type":"PERCENT","percent_off":1}}}""")).Ok();

        (await shop.DeleteAsync("/v1/campaigns/Cart")).Ok(202);
        Assert.Equal(["o"], Shape.Texts((await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("tiers"), "name"));
        Assert.Equal(0, (await shop.GetAsync("/v1/promotions/stacks")).Ok().GetProperty("total").GetInt32());
        (await shop.GetAsync($"/v1/promotions/tiers/{Text(made[0], "id")}")).Error(404, "not_found");
        (await shop.GetAsync($"/v1/promotions/Cart/stacks/{Text(stack, "id")}")).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/validation-rules-assignments")).Ok().GetProperty("total").GetInt32());
        (await shop.DeleteAsync($"/v1/validation-rules/{rule}")).Ok(204);
    }

    [Fact]
    public async Task Tiers_that_are_made_while_their_campaign_is_deleted_go_with_it_or_are_refused()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        var tiers = Enumerable.Range(0, 6).Select(_ => shop.PostAsync("/v1/promotions/Cart/tiers", """{"name":"o","action":{"discount":{"type":"PERCENT","percent_off":1}}}""")).ToList();
        var deleted = shop.DeleteAsync("/v1/campaigns/Cart");
        Assert.All(await Task.WhenAll(tiers), answer => Assert.Contains(answer.Status, new[] { 200, 404 }));
        (await deleted).Ok(202);
        Assert.Equal(0, (await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_rule_that_there_is_not_is_named_and_nothing_is_made()
    {
        using var shop = await api.NewProjectAsync();
        var refused = (await shop.PostAsync("/v1/campaigns", Two.Replace("RULES", "\"val_1\"", StringComparison.Ordinal))).Error(404, "not_found");
        Assert.Equal(("validation_rules", "val_1"), (Text(refused, "resource_type"), Text(refused, "resource_id")));
        (await shop.GetAsync("/v1/campaigns/Cart")).Error(404, "not_found");
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        foreach (var body in new[]
        {
            """{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":1}},"validation_rules":["val_1"]}""",
            """{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":1}},"validation_rule_assignments":{"data":[{"rule_id":"val_1"}]}}""",
        })
        {
            Assert.Equal("Cannot find validation_rules with id val_1", Text((await shop.PostAsync("/v1/promotions/Cart/tiers", body)).Error(404, "not_found"), "details"));
        }

        Assert.Equal(1, (await shop.GetAsync("/v1/promotions/tiers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Rules_are_assigned_to_tiers_that_there_are_and_go_with_them()
    {
        using var shop = await api.NewProjectAsync();
        var (one, other) = (await NewRuleAsync(shop), await NewRuleAsync(shop));
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        var tier = (await shop.PostAsync("/v1/promotions/Cart/tiers", $$$"""{"name":"x","action":{"discount":{"type":"PERCENT","percent_off":1}},"validation_rules":["{{{one}}}"]}"""))["id"];
        await IsAssignedAsync(tier, one);
        (await shop.PutAsync($"/v1/promotions/tiers/{tier}", $$$"""{"validation_rules":["{{{one}}}","{{{other}}}"]}""")).Ok();
        await IsAssignedAsync(tier, one, other);
        (await shop.PutAsync($"/v1/promotions/tiers/{tier}", """{"validation_rules":[]}""")).Ok();
        await IsAssignedAsync(tier, one, other);

        var assignment = Text((await shop.GetAsync($"/v1/validation-rules-assignments?rule={other}")).Ok().GetProperty("data")[0], "id");
        (await shop.DeleteAsync($"/v1/validation-rules/{other}/assignments/{assignment}")).Ok(204);
        await IsAssignedAsync(tier, one);
        (await shop.PostAsync($"/v1/validation-rules/{other}/assignments", $$$"""{"promotion_tier":"{{{tier}}}"}""")).Ok();
        await IsAssignedAsync(tier, one, other);
        Assert.Equal("promotion_tier", Text((await shop.PostAsync($"/v1/validation-rules/{other}/assignments", """{"promotion_tier":"promo_1"}""")).Error(404, "not_found"), "resource_type"));

        (await shop.DeleteAsync($"/v1/promotions/tiers/{tier}")).Ok(204);
        Assert.Equal(0, (await shop.GetAsync("/v1/validation-rules-assignments")).Ok().GetProperty("total").GetInt32());
        (await shop.DeleteAsync($"/v1/validation-rules/{one}")).Ok(204);

        async Task IsAssignedAsync(string id, params string[] rules)
        {
            var assigned = (await shop.GetAsync($"/v1/promotions/tiers/{id}")).Ok().GetProperty("validation_rule_assignments");
            Assert.Equal(rules.Order(StringComparer.Ordinal), Shape.Texts(assigned.GetProperty("data"), "rule_id").Order(StringComparer.Ordinal));
            Assert.Equal(rules.Length, assigned.GetProperty("total").GetInt32());
        }
    }

    private static async Task<string> NewRuleAsync(ProjectClient shop) => (await shop.PostAsync("/v1/validation-rules", Samples.ValidationRule)).Ok().GetProperty("id").GetString()!;

    private static string Text(JsonElement value, string field) => value.GetProperty(field).GetString()!;
}
