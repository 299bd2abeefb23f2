using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Redemptions;

/// <summary>Promotion tiers and stacks, which need no code.</summary>
[Collection(ApiTests.Name)]
public sealed class PromotionRedemptionTests(ApiHost api)
{
    private const string Ann = ""","customer":{"source_id":"ann"}""";

    [Fact]
    public async Task A_tier_is_validated_redeemed_and_taken_back()
    {
        using var shop = await api.NewProjectAsync();
        var tier = await TierAsync(shop, "Tenth", """{"type":"PERCENT","percent_off":10}""");
        var valid = (await shop.PostAsync("/v1/validations", Of(tier, ""","order":{"amount":10000}"""))).Ok();
        var applied = Assert.Single(valid.GetProperty("redeemables").EnumerateArray());
        Assert.Equal(("APPLICABLE", "promotion_tier", "Tenth", "Cart"), (Text(applied, "status"), Text(applied, "object"), Text(applied, "name"), Text(applied, "campaign_name")));
        Assert.Equal(9_000, valid.GetProperty("order").GetProperty("total_amount").GetInt32());

        var done = (await shop.PostAsync("/v1/redemptions", Of(tier, $$"""{{Ann}},"order":{"amount":10000}"""))).Ok();
        var redemption = Assert.Single(done.GetProperty("redemptions").EnumerateArray());
        Assert.Equal(("promotion_tier", tier, JsonValueKind.Null), (Text(redemption, "related_object_type"), Text(redemption, "related_object_id"), redemption.GetProperty("voucher").ValueKind));
        Assert.Equal("Tenth", Text(redemption.GetProperty("promotion_tier"), "name"));
        Assert.Equal((1, 10_000, 1_000), await SummaryAsync(shop, tier));
        Assert.Equal(1, (await shop.GetAsync("/v1/redemptions?campaign=Cart")).Ok().GetProperty("total").GetInt32());

        (await shop.PostAsync($"/v1/redemptions/{Text(redemption, "id")}/rollback")).Ok();
        Assert.Equal((0, 0, 0), await SummaryAsync(shop, tier));
    }

    [Fact]
    public async Task A_stack_redeems_its_tiers_in_order_and_is_taken_back_as_a_whole()
    {
        using var shop = await api.NewProjectAsync();
        var tenth = await TierAsync(shop, "Tenth", """{"type":"PERCENT","percent_off":10}""");
        var fifty = await TierAsync(shop, "Fifty", """{"type":"AMOUNT","amount_off":5000}""");
        var stack = Text((await shop.PostAsync("/v1/promotions/Cart/stacks", $$$"""{"name":"Both","tiers":{"ids":["{{{fifty}}}","{{{tenth}}}"]}}""")).Ok(), "id");
        var done = (await shop.PostAsync("/v1/redemptions", Of(stack, $$"""{{Ann}},"order":{"amount":10000}""", "promotion_stack"))).Ok();

        // 10,000 − 5,000, and of the rest a tenth.
        Assert.Equal(4_500, done.GetProperty("order").GetProperty("total_amount").GetInt32());
        Assert.Equal([fifty, tenth], done.GetProperty("redemptions").EnumerateArray().Select(static one => Text(one, "related_object_id")));
        Assert.Equal((1, 10_000, 500), await SummaryAsync(shop, tenth));
        (await shop.PostAsync($"/v1/redemptions/{Text(done.GetProperty("parent_redemption"), "id")}/rollbacks")).Ok();
        Assert.Equal((0, 0, 0), await SummaryAsync(shop, tenth));
    }

    [Fact]
    public async Task A_stack_stands_alone()
    {
        using var shop = await api.NewProjectAsync();
        var tier = await TierAsync(shop, "Tenth", """{"type":"PERCENT","percent_off":10}""");
        var stack = Text((await shop.PostAsync("/v1/promotions/Cart/stacks", $$$"""{"name":"One","tiers":{"ids":["{{{tier}}}"]}}""")).Ok(), "id");
        var body = $$"""{"redeemables":[{"object":"promotion_stack","id":"{{stack}}"},{"object":"promotion_tier","id":"{{tier}}"}]}""";
        Assert.Contains(stack, Text((await shop.PostAsync("/v1/validations", body)).Error(400, "invalid_redeemables"), "details"), StringComparison.Ordinal);
        var unknown = (await shop.PostAsync("/v1/redemptions", Of("stack_none", "", "promotion_stack"))).Error(404, "not_found");
        Assert.Equal("promotion_stack", Text(unknown, "resource_type"));
    }

    [Theory]
    [InlineData("""{"active":false}""", "{}", "promotion_inactive")]
    [InlineData("""{"start_date":"2090-01-01"}""", "{}", "promotion_inactive")]
    [InlineData("""{"expiration_date":"2020-01-01"}""", "{}", "promotion_inactive")]
    [InlineData("{}", """{"expiration_date":"2020-01-01"}""", "promotion_inactive")]
    public async Task What_is_not_in_force_is_refused_and_recorded(string tierFields, string campaignFields, string key)
    {
        using var shop = await api.NewProjectAsync();
        var tier = await TierAsync(shop, "Tenth", """{"type":"PERCENT","percent_off":10}""", tierFields);
        (await shop.PutAsync("/v1/campaigns/Cart", campaignFields)).Ok();
        var refused = (await shop.PostAsync("/v1/redemptions", Of(tier, $$"""{{Ann}},"order":{"amount":100}"""))).Error(400, key);
        var failed = (await shop.GetAsync($"/v1/redemptions/{Text(refused, "resource_id")}")).Ok();
        Assert.Equal(("FAILURE", key, tier), (Text(failed, "result"), Text(failed, "failure_code"), Text(failed.GetProperty("promotion_tier"), "id")));
    }

    [Fact]
    public async Task Rules_of_a_tier_and_of_its_campaign_hold()
    {
        using var shop = await api.NewProjectAsync();
        var tier = await TierAsync(shop, "Tenth", """{"type":"PERCENT","percent_off":10}""");
        await RuleAsync(shop, "order.amount", """{"$more_than":[500]}""", "promotion_tier", tier);
        await RuleAsync(shop, "redemption.count.per_customer", """{"$less_than_or_equal":[1]}""", "campaign", Text((await shop.GetAsync("/v1/campaigns/Cart")).Ok(), "id"));
        (await shop.PostAsync("/v1/redemptions", Of(tier, $$"""{{Ann}},"order":{"amount":400}"""))).Error(400, "order_rules_violated");
        (await shop.PostAsync("/v1/redemptions", Of(tier, $$"""{{Ann}},"order":{"amount":600}"""))).Ok();
        (await shop.PostAsync("/v1/redemptions", Of(tier, $$"""{{Ann}},"order":{"amount":600}"""))).Error(400, "redemption_rules_violated");
    }

    [Fact]
    public async Task An_order_counts_once_against_a_campaigns_limit_however_many_tiers_are_redeemed_for_it()
    {
        using var shop = await api.NewProjectAsync();
        var tiers = new List<string>();
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            tiers.Add(await TierAsync(shop, name, """{"type":"AMOUNT","amount_off":10}"""));
        }

        await RuleAsync(shop, "campaign.orders.amount", """{"$less_than_or_equal":[10000]}""", "campaign", Text((await shop.GetAsync("/v1/campaigns/Cart")).Ok(), "id"));
        var all = $$$"""{"redeemables":[{{{string.Join(',', tiers.Select(static tier => $$"""{"object":"promotion_tier","id":"{{tier}}"}"""))}}}],"order":{"amount":4000}}""";
        (await shop.PostAsync("/v1/redemptions", all)).Ok();
        (await shop.PostAsync("/v1/redemptions", all)).Ok();
        (await shop.PostAsync("/v1/redemptions", all)).Error(400, "redemption_rules_violated");
    }

    [Fact]
    public async Task Categories_and_stacking_rules_of_the_project_decide_what_goes_together()
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        var category = Text((await shop.PostAsync("/v1/categories", """{"name":"Alone","hierarchy":1}""")).Ok(), "id");
        var alone = await TierAsync(shop, "Alone", """{"type":"PERCENT","percent_off":10}""", $$"""{"category_id":"{{category}}"}""");
        var other = await TierAsync(shop, "Other", """{"type":"PERCENT","percent_off":20}""");
        var both = $$$"""{"redeemables":[{"object":"promotion_tier","id":"{{{alone}}}"},{"object":"promotion_tier","id":"{{{other}}}"}],"order":{"amount":1000}}""";
        Assert.Equal(720, (await shop.PostAsync("/v1/validations", both)).Ok().GetProperty("order").GetProperty("total_amount").GetInt32());
        (await operators.PostAsync($"/management/v1/projects/{shop.Project.Id}/stacking-rules", $$"""{"exclusive_categories":["{{category}}"],"redeemables_application_mode":"PARTIAL"}""")).Ok();

        var valid = (await shop.PostAsync("/v1/validations", both)).Ok();
        Assert.Equal(900, valid.GetProperty("order").GetProperty("total_amount").GetInt32());
        Assert.Equal("EXCLUSIVE", Text(valid.GetProperty("redeemables")[0].GetProperty("categories")[0], "stacking_rules_type"));
        Assert.Equal(other, Text(Assert.Single(valid.GetProperty("skipped_redeemables").EnumerateArray()), "id"));
    }

    [Fact]
    public async Task Older_clients_validate_and_redeem_one_tier()
    {
        using var shop = await api.NewProjectAsync();
        var tier = await TierAsync(shop, "Tenth", """{"type":"PERCENT","percent_off":10}""", """{"banner":"10% off"}""");
        var order = """{"customer":{"source_id":"ann"},"order":{"amount":1000}}""";
        var valid = (await shop.PostAsync($"/v1/promotions/tiers/{tier}/validation", order)).Ok();
        Assert.Equal((true, tier, "Tenth", "10% off", 100), (
            valid.GetProperty("valid").GetBoolean(), Text(valid, "id"), Text(valid, "name"), Text(valid, "banner"), valid.GetProperty("discount_amount").GetInt32()));
        var redemption = (await shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", order)).Ok();
        Assert.Equal(("SUCCESS", tier, 900), (Text(redemption, "result"), Text(redemption.GetProperty("promotion_tier"), "id"), redemption.GetProperty("order").GetProperty("total_amount").GetInt32()));

        (await shop.PostAsync($"/v1/promotions/tiers/{tier}/disable")).Ok();
        var not = (await shop.PostAsync($"/v1/promotions/tiers/{tier}/validation", order)).Ok();
        Assert.Equal((false, "promotion_inactive"), (not.GetProperty("valid").GetBoolean(), Text(not.GetProperty("error"), "key")));
        (await shop.PostAsync("/v1/promotions/tiers/promo_none/validation", order)).Error(404, "not_found");
        (await shop.PostAsync("/v1/promotions/tiers/promo_none/redemption", order)).Error(404, "not_found");
    }

    [Fact]
    public async Task A_deleted_tier_is_remembered_by_its_id()
    {
        using var shop = await api.NewProjectAsync();
        var tier = await TierAsync(shop, "Tenth", """{"type":"PERCENT","percent_off":10}""");
        var redemption = Text((await shop.PostAsync("/v1/redemptions", Of(tier, $$"""{{Ann}},"order":{"amount":1000}"""))).Ok().GetProperty("redemptions")[0], "id");
        (await shop.DeleteAsync($"/v1/promotions/tiers/{tier}")).Ok(204);
        Assert.Equal(tier, Text((await shop.GetAsync($"/v1/redemptions/{redemption}")).Ok().GetProperty("promotion_tier"), "id"));
        (await shop.PostAsync($"/v1/redemptions/{redemption}/rollback")).Ok();
    }

    private static string Of(string id, string rest, string type = "promotion_tier") => $$"""{"redeemables":[{"object":"{{type}}","id":"{{id}}"}]{{rest}}}""";

    private static async Task<string> TierAsync(ProjectClient shop, string name, string discount, string more = "{}")
    {
        if ((await shop.GetAsync("/v1/campaigns/Cart")).Status == 404)
        {
            (await shop.PostAsync("/v1/campaigns", """{"name":"Cart","campaign_type":"PROMOTION"}""")).Ok();
        }

        var fields = more == "{}" ? "" : $",{more[1..^1]}";
        return Text((await shop.PostAsync("/v1/promotions/Cart/tiers", $$$"""{"name":"{{{name}}}","action":{"discount":{{{discount}}}}{{{fields}}}}""")).Ok(), "id");
    }

    private static async Task RuleAsync(ProjectClient shop, string name, string conditions, string type, string id)
    {
        var rule = Text((await shop.PostAsync("/v1/validation-rules", $$$"""{"name":"{{{name}}}","rules":{"1":{"name":"{{{name}}}","conditions":{{{conditions}}}},"logic":"1"}}""")).Ok(), "id");
        (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", $$"""{"related_object_type":"{{type}}","related_object_id":"{{id}}"}""")).Ok();
    }

    private static async Task<(int Redeemed, int Orders, int Discounts)> SummaryAsync(ProjectClient shop, string tier)
    {
        var summary = (await shop.GetAsync($"/v1/promotions/tiers/{tier}")).Ok().GetProperty("summary");
        return (summary.GetProperty("redemptions").GetProperty("total_redeemed").GetInt32(), summary.GetProperty("orders").GetProperty("total_amount").GetInt32(),
            summary.GetProperty("orders").GetProperty("total_discount_amount").GetInt32());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
