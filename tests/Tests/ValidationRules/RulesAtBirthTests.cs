using Marketing.Api;
using Xunit;

namespace Marketing.ValidationRules;

/// <summary>Campaigns and vouchers that have rules from their beginning, and let go of them at their end.</summary>
[Collection(ApiTests.Name)]
public sealed class RulesAtBirthTests(ApiHost api)
{
    [Theory]
    [InlineData("/v1/vouchers", "/v1/vouchers/V", """{"code":"V","gift":{"amount":1},"validation_rules":RULES}""", "voucher")]
    [InlineData("/v1/vouchers/V", "/v1/vouchers/V", """{"gift":{"amount":1},"validation_rules":RULES}""", "voucher")]
    [InlineData("/v1/campaigns", "/v1/campaigns/V", """{"name":"V","voucher":{"gift":{"amount":1}},"validation_rules":RULES}""", "campaign")]
    public async Task What_is_made_with_rules_has_them_and_lets_go_of_them(string path, string one, string body, string type)
    {
        using var shop = await api.NewProjectAsync();
        var (first, second) = (await NewRuleAsync(shop), await NewRuleAsync(shop));
        var made = (await shop.PostAsync(path, body.Replace("RULES", $"""["{first}","{second}","{first}"]""", StringComparison.Ordinal))).Ok();
        var id = made.GetProperty("id").GetString()!;
        var assignments = Shape.List(made.GetProperty("validation_rules_assignments"), "data", "total");
        Assert.Equal(2, made.GetProperty("validation_rules_assignments").GetProperty("total").GetInt32());
        Assert.Equal([first, second], Shape.Texts(assignments, "rule_id").OrderBy(rule => rule == second));
        Assert.All(assignments.EnumerateArray(), one =>
        {
            Shape.Is(one, "id rule_id related_object_id related_object_type created_at object");
            Assert.Equal((id, type), (one.GetProperty("related_object_id").GetString(), one.GetProperty("related_object_type").GetString()));
        });
        Assert.Equal(2, (await shop.GetAsync(one)).Ok().GetProperty("validation_rules_assignments").GetProperty("total").GetInt32());
        Assert.Equal(2, (await shop.GetAsync($"/v1/validation-rules-assignments?related_object_id={id}")).Ok().GetProperty("total").GetInt32());
        (await shop.DeleteAsync($"/v1/validation-rules/{first}")).Error(400, "resource_in_use");

        Assert.InRange((await shop.DeleteAsync(one)).Status, 202, 204);
        Assert.Equal(0, (await shop.GetAsync("/v1/validation-rules-assignments")).Ok().GetProperty("total").GetInt32());
        (await shop.DeleteAsync($"/v1/validation-rules/{first}")).Ok(204);
    }

    [Theory]
    [InlineData("/v1/vouchers/V", """{"gift":{"amount":1},"validation_rules":["val_none"]}""")]
    [InlineData("/v1/campaigns", """{"name":"V","voucher":{"gift":{"amount":1}},"validation_rules":["val_none"]}""")]
    public async Task A_rule_that_is_not_there_is_named_and_nothing_is_made(string path, string body)
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var foreign = await NewRuleAsync(other);
        foreach (var (rule, sent) in new[] { ("val_none", body), (foreign, body.Replace("val_none", foreign, StringComparison.Ordinal)) })
        {
            var error = (await shop.PostAsync(path, sent)).Error(404, "not_found");
            Assert.Equal((rule, "validation_rules"), (error.GetProperty("resource_id").GetString(), error.GetProperty("resource_type").GetString()));
        }

        Assert.Equal((0, 0), ((await shop.GetAsync("/v1/vouchers")).Ok().GetProperty("total").GetInt32(), (await shop.GetAsync("/v1/campaigns")).Ok().GetProperty("total").GetInt32()));
        (await shop.PostAsync(path, body.Replace("[\"val_none\"]", "\"val_none\"", StringComparison.Ordinal))).Error(400, "invalid_payload");
        (await shop.PostAsync(path, body.Replace("\"val_none\"", string.Join(',', Enumerable.Range(0, 101).Select(at => $"\"val_{at}\"")), StringComparison.Ordinal))).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task Vouchers_are_found_by_code_and_campaigns_by_name()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await NewRuleAsync(shop);
        var voucher = (await shop.PostAsync("/v1/vouchers/V", """{"gift":{"amount":1}}"""))["id"];
        var campaign = (await shop.PostAsync("/v1/campaigns", """{"name":"C","voucher":{"gift":{"amount":1}}}"""))["id"];
        var path = $"/v1/validation-rules/{rule}/assignments";
        Assert.Equal(voucher, (await shop.PostAsync(path, """{"voucher":"V"}"""))["related_object_id"]);
        Assert.Equal(campaign, (await shop.PostAsync(path, """{"campaign":"C"}"""))["related_object_id"]);
        (await shop.PostAsync(path, $$"""{"related_object_type":"voucher","related_object_id":"{{voucher}}"}""")).Error(409, "duplicate_found");
        (await shop.PostAsync(path, $$"""{"related_object_type":"campaign","related_object_id":"{{campaign}}"}""")).Error(409, "duplicate_found");
        Assert.Equal(rule, (await shop.GetAsync("/v1/vouchers/V")).Ok().GetProperty("validation_rules_assignments").GetProperty("data")[0].GetProperty("rule_id").GetString());

        using var other = await api.NewProjectAsync();
        foreach (var (type, id) in new[] { ("voucher", "W"), ("voucher", voucher), ("campaign", "D"), ("campaign", campaign) })
        {
            var error = (await other.PostAsync($"/v1/validation-rules/{await NewRuleAsync(other)}/assignments", $$"""{"{{type}}":"{{id}}"}""")).Error(404, "not_found");
            Assert.Equal((id, type), (error.GetProperty("resource_id").GetString(), error.GetProperty("resource_type").GetString()));
        }
    }

    [Fact]
    public async Task Codes_that_go_with_their_campaign_let_go_of_their_rules()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await NewRuleAsync(shop);
        (await shop.PostAsync("/v1/campaigns", """{"name":"C","voucher":{"gift":{"amount":1}}}""")).Ok();
        (await shop.PostAsync("/v1/campaigns/C/vouchers/V", $$"""{"validation_rules":["{{rule}}"]}""")).Ok();
        Assert.Equal(1, (await shop.GetAsync("/v1/validation-rules-assignments")).Ok().GetProperty("total").GetInt32());
        var job = (await shop.DeleteAsync("/v1/campaigns/C")).Ok(202).GetProperty("async_action_id").GetString();
        await shop.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE");
        (await shop.DeleteAsync($"/v1/validation-rules/{rule}")).Ok(204);
    }

    [Fact]
    public async Task Deleting_a_rule_and_making_a_voucher_with_it_at_once_leaves_no_voucher_without()
    {
        using var shop = await api.NewProjectAsync();
        for (var round = 0; round < 5; round++)
        {
            var rule = await NewRuleAsync(shop);
            var (making, deleting) = (shop.PostAsync("/v1/vouchers", $$"""{"gift":{"amount":1},"validation_rules":["{{rule}}"]}"""), shop.DeleteAsync($"/v1/validation-rules/{rule}"));
            var (made, deleted) = ((await making).Status, (await deleting).Status);
            Assert.True((made, deleted) is (200, 400) or (404, 204), $"{made} {deleted}");
        }
    }

    [Fact]
    public async Task Many_are_made_with_one_rule_at_once_and_a_repetition_makes_no_more()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await NewRuleAsync(shop);
        var body = $$"""{"gift":{"amount":1},"validation_rules":["{{rule}}"]}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.PostAsync("/v1/vouchers", body)));
        Assert.All(answers, answer => answer.Ok());
        (string, string) key = ("Idempotency-Key", "k");
        var made = (await shop.PostAsync("/v1/vouchers", body, key)).Ok();
        Assert.Equal(made.GetRawText(), (await shop.PostAsync("/v1/vouchers", body, key)).Ok().GetRawText());
        Assert.Equal(9, (await shop.GetAsync($"/v1/validation-rules/{rule}")).Ok().GetProperty("assignments_count").GetInt32());
    }

    private static async Task<string> NewRuleAsync(ProjectClient shop) =>
        (await shop.PostAsync("/v1/validation-rules", """{"name":"x","rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}}}}""")).Ok().GetProperty("id").GetString()!;
}
