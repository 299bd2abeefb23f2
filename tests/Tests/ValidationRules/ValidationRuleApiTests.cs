using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.ValidationRules;

[Collection(ApiTests.Name)]
public sealed class ValidationRuleApiTests(ApiHost api)
{
    private const string Whole = "id name rules error applicable_to bundle_rules created_at type context_type assignments_count object";

    [Fact]
    public async Task A_rule_is_read_as_it_was_sent()
    {
        using var shop = await api.NewProjectAsync();
        var created = (await shop.PostAsync("/v1/validation-rules", Samples.ValidationRule)).Ok();
        Shape.Is(created, Whole);
        var sent = JsonElement.Parse(Samples.ValidationRule);
        Assert.All(
            sent.EnumerateObject(), field => Assert.True(JsonElement.DeepEquals(field.Value, created.GetProperty(field.Name)), $"{field.Name}: {created.GetProperty(field.Name)}"));
        Assert.Equal(("validation_rules", 0), (created.GetProperty("object").GetString(), created.GetProperty("assignments_count").GetInt32()));
        var id = created.GetProperty("id").GetString()!;
        Assert.StartsWith("val_", id, StringComparison.Ordinal);
        Assert.Equal(created.GetRawText(), (await shop.GetAsync($"/v1/validation-rules/{id}")).Ok().GetRawText());
    }

    [Fact]
    public async Task What_is_not_said_is_what_is_documented()
    {
        using var shop = await api.NewProjectAsync();
        var named = (await shop.PostAsync("/v1/validation-rules", """{"name":"Only a name"}""")).Ok();
        Shape.Is(named, "id name rules applicable_to created_at type context_type assignments_count object");
        Assert.Equal(
            ("""{"logic":""}""", """{"excluded":[],"included":[],"included_all":false}""", "expression", "global"),
            (named.GetProperty("rules").GetRawText(), named.GetProperty("applicable_to").GetRawText(), named.GetProperty("type").GetString(), named.GetProperty("context_type").GetString()));

        var short2 = (await shop.PostAsync(
            "/v1/validation-rules",
            """{"name":"x","rules":{"2":{"name":"order.amount","conditions":{"$is":[1]}},"1":{"name":"order.items.any","rules":null}},"applicable_to":{"included_all":true}}""")).Ok();
        Assert.Equal(
            """{"1":{"name":"order.items.any","conditions":{},"rules":{}},"2":{"name":"order.amount","conditions":{"$is":[1]},"rules":{}},"logic":"1 and 2"}""",
            short2.GetProperty("rules").GetRawText());
        Assert.Equal("""{"included_all":true,"excluded":[],"included":[]}""", short2.GetProperty("applicable_to").GetRawText());
    }

    [Fact]
    public async Task A_change_leaves_the_rest_and_null_takes_away()
    {
        using var shop = await api.NewProjectAsync();
        var path = $"/v1/validation-rules/{(await shop.PostAsync("/v1/validation-rules", Samples.ValidationRule))["id"]}";
        var renamed = (await shop.PutAsync(path, """{"name":"Other"}""")).Ok();
        Shape.Is(renamed, $"{Whole} updated_at");
        Assert.Equal(("Other", "Not for this order."), (renamed.GetProperty("name").GetString(), renamed.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal(renamed.GetRawText(), (await shop.PutAsync(path, """{"name":"Other"}""")).Ok().GetRawText());

        var bare = (await shop.PutAsync(path, """{"bundle_rules":null,"error":null,"rules":null}""")).Ok();
        Assert.Equal("{}", bare.GetProperty("bundle_rules").GetRawText());
        Assert.Equal("""{"logic":""}""", bare.GetProperty("rules").GetRawText());
        Assert.False(bare.TryGetProperty("error", out _));
        Assert.True(bare.GetProperty("applicable_to").GetProperty("included").GetArrayLength() == 1);
        Assert.Equal(bare.GetRawText(), (await shop.GetAsync(path)).Ok().GetRawText());

        (await shop.PutAsync(path, """{"name":null}""")).Error(400, "invalid_payload");
        (await shop.PutAsync(path, """{"rules":{"1":{"name":"nonsense"}}}""")).Error(400, "invalid_validation_rules");
        Assert.Equal(bare.GetRawText(), (await shop.GetAsync(path)).Ok().GetRawText());
    }

    [Fact]
    public async Task All_that_is_wrong_is_answered_with_its_places()
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.PostAsync(
            "/v1/validation-rules",
            """{"name":"x","rules":{"1":{"name":"order.amount","conditions":{"$is":["much"]}},"2":{"name":"custom_event.metadata","conditions":{"$like":[1]}},"logic":"1 and 3"}}"""))
            .Error(400, "invalid_validation_rules");
        Assert.Equal("Invalid Validation Rule Definition", error.GetProperty("message").GetString());
        Assert.Equal(["rules.1.conditions.$is[0]", "rules.2.property", "rules.2.conditions.$like", "rules.logic"], Shape.Texts(error.GetProperty("problems"), "field"));
        Assert.Contains("Rule 'custom_event.metadata' must have a 'property'", error.GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await shop.GetAsync("/v1/validation-rules")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("{}", "Payload must have required property 'name'")]
    [InlineData("""{"name":""}""", "Payload property '.name' must NOT have fewer than 1 characters")]
    [InlineData("""{"name":"x","rules":[]}""", "Payload property '.rules' must be object")]
    [InlineData("""{"name":"x","type":"simple"}""", "Payload property '.type' must be equal to one of the allowed values: expression, basic, advanced, complex")]
    public async Task A_wrong_body_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await shop.PostAsync("/v1/validation-rules", body)).Error(400, "invalid_payload").GetProperty("details").GetString());
    }

    [Fact]
    public async Task A_rule_has_at_most_64_kilobytes()
    {
        using var shop = await api.NewProjectAsync();
        static string Of(int size) => $$"""{"name":"x","rules":{"1":{"name":"order.items.any","conditions":{},"comment":"{{new string('x', size)}}"} } }""";
        (await shop.PostAsync("/v1/validation-rules", Of(60_000))).Ok();
        (await shop.PostAsync("/v1/validation-rules", Of(70_000))).Error(400, "invalid_payload");

        // Two parts that are small enough each.
        var both = $$"""{"name":"x","rules":{"1":{"name":"order.items.any","comment":"{{new string('x', 40_000)}}"} },"applicable_to":{"comment":"{{new string('x', 40_000)}}"} }""";
        Assert.Contains("65536 bytes", (await shop.PostAsync("/v1/validation-rules", both)).Error(400, "invalid_validation_rules").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task Every_context_is_taken(string context)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(context, (await shop.PostAsync("/v1/validation-rules", $$"""{"name":"x","context_type":"{{context}}"}"""))["context_type"]);
    }

    public static TheoryData<string> Contexts => ["global", "distribution.order.canceled", "earning_rule.customer.tier.prolonged", "campaign.promotion.discount.percent.apply_to_items", "voucher.loyalty_card"];

    [Fact]
    public async Task Rules_are_listed_in_several_orders()
    {
        using var shop = await api.NewProjectAsync();
        var ids = new List<string>();
        foreach (var name in new[] { "b", "c", "a" })
        {
            ids.Add((await shop.PostAsync("/v1/validation-rules", $$"""{"name":"{{name}}"}""")).Ok().GetProperty("id").GetString()!);
        }

        (await shop.PutAsync($"/v1/validation-rules/{ids[0]}", """{"type":"basic"}""")).Ok();
        foreach (var (order, names) in new[] { ("", "acb"), ("created_at", "bca"), ("-created_at", "acb"), ("name", "abc"), ("-name", "cba"), ("-updated_at", "bac"), ("updated_at", "cab") })
        {
            var listed = Shape.List((await shop.GetAsync($"/v1/validation-rules?order={order}")).Ok(), "data", "total");
            Assert.Equal(names, string.Concat(Shape.Texts(listed, "name")));
        }

        var second = (await shop.GetAsync("/v1/validation-rules?order=name&limit=1&page=2")).Ok();
        Assert.Equal(("b", 3), (second.GetProperty("data")[0].GetProperty("name").GetString(), second.GetProperty("total").GetInt32()));
        Assert.Equal(0, (await shop.GetAsync("/v1/validation-rules?end_date=2020-01-01T00:00:00Z")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(3, (await shop.GetAsync("/v1/validation-rules?start_date=2020-01-01T00:00:00Z")).Ok().GetProperty("total").GetInt32());
        (await shop.GetAsync("/v1/validation-rules?order=type")).Error(400, "invalid_query_params");
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        (string, string) key = ("Idempotency-Key", "k");
        var id = (await shop.PostAsync("/v1/validation-rules", Samples.ValidationRule, key))["id"];
        Assert.Equal(id, (await shop.PostAsync("/v1/validation-rules", Samples.ValidationRule, key))["id"]);
        (await shop.PostAsync("/v1/validation-rules", """{"name":"other"}""", key)).Error(409, "idempotency_key_reused");

        (string, string) another = ("Idempotency-Key", "a");
        var assignments = $"/v1/validation-rules/{id}/assignments";
        var assigned = (await shop.PostAsync(assignments, Samples.RuleAssignment, another))["id"];
        Assert.Equal(assigned, (await shop.PostAsync(assignments, Samples.RuleAssignment, another))["id"]);
        (await shop.DeleteAsync($"{assignments}/{assigned}")).Ok(204);
        (await shop.PostAsync(assignments, Samples.RuleAssignment, another)).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/validation-rules/{id}")).Ok(204);
        (await shop.PostAsync("/v1/validation-rules", Samples.ValidationRule, key)).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/validation-rules")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        using var shop = await api.NewProjectAsync();
        foreach (var id in new[] { "val_unknown", "camp_1", "val_%2F" })
        {
            Assert.Equal("validation_rules", (await shop.GetAsync($"/v1/validation-rules/{id}")).Error(404, "not_found").GetProperty("resource_type").GetString());
            (await shop.PutAsync($"/v1/validation-rules/{id}", """{"name":"x"}""")).Error(404, "not_found");
            (await shop.DeleteAsync($"/v1/validation-rules/{id}")).Error(404, "not_found");
            (await shop.GetAsync($"/v1/validation-rules/{id}/assignments")).Error(404, "not_found");
            (await shop.PostAsync($"/v1/validation-rules/{id}/assignments", Samples.RuleAssignment)).Error(404, "not_found");
            (await shop.DeleteAsync($"/v1/validation-rules/{id}/assignments/asgm_1")).Error(404, "not_found");
        }

        var rule = (await shop.PostAsync("/v1/validation-rules", """{"name":"x"}"""))["id"];
        var error = (await shop.DeleteAsync($"/v1/validation-rules/{rule}/assignments/asgm_unknown")).Error(404, "not_found");
        Assert.Equal(("validation_rules_assignment", "asgm_unknown"), (error.GetProperty("resource_type").GetString(), error.GetProperty("resource_id").GetString()));
    }
}
