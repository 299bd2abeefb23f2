using Marketing.Api;
using Xunit;

namespace Marketing.ValidationRules;

[Collection(ApiTests.Name)]
public sealed class RuleAssignmentApiTests(ApiHost api)
{
    [Fact]
    public async Task A_rule_is_assigned_listed_and_released()
    {
        using var shop = await api.NewProjectAsync();
        var (one, other) = (await NewRuleAsync(shop), await NewRuleAsync(shop));
        var assigned = (await shop.PostAsync($"/v1/validation-rules/{one}/assignments", Samples.RuleAssignment)).Ok();
        Shape.Is(assigned, "id rule_id related_object_id related_object_type created_at object");
        Assert.Equal(
            (one, "ern_1", "earning_rule", "validation_rules_assignment"),
            (assigned.GetProperty("rule_id").GetString(), assigned.GetProperty("related_object_id").GetString(), assigned.GetProperty("related_object_type").GetString(), assigned.GetProperty("object").GetString()));
        var id = assigned.GetProperty("id").GetString();
        Assert.StartsWith("asgm_", id, StringComparison.Ordinal);
        (await shop.PostAsync($"/v1/validation-rules/{one}/assignments", """{"related_object_type":"distribution","related_object_id":"distr_1"}""")).Ok();
        (await shop.PostAsync($"/v1/validation-rules/{other}/assignments", Samples.RuleAssignment)).Ok();

        foreach (var (query, ids) in new[]
        {
            ("-assignments", "ern_1 distr_1 ern_1"), ("-assignments?order=created_at", "ern_1 distr_1 ern_1"), ($"-assignments?rule={one}", "distr_1 ern_1"), ($"-assignments?rule={other}", "ern_1"),
            ("-assignments?related_object_id=ern_1", "ern_1 ern_1"), ($"-assignments?related_object_id=ern_1&rule={one}", "ern_1"), ($"-assignments?related_object_id=distr_1&rule={other}", ""),
            ("-assignments?related_object_id=distr_2", ""), ("-assignments?rule=val_unknown", ""), ($"/{one}/assignments", "distr_1 ern_1"), ($"/{one}/assignments?order=created_at", "ern_1 distr_1"),
            ($"/{one}/assignments?order=created_at&limit=1&page=2", "distr_1"), ("-assignments?related_object_id=ern_1&limit=1&page=2", "ern_1"),
        })
        {
            var listed = Shape.List((await shop.GetAsync($"/v1/validation-rules{query}")).Ok(), "data", "total");
            Assert.Equal(ids, string.Join(' ', Shape.Texts(listed, "related_object_id")));
        }

        Assert.Equal(2, (await shop.GetAsync($"/v1/validation-rules-assignments?related_object_id=ern_1&limit=1")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(2, (await shop.GetAsync($"/v1/validation-rules/{one}")).Ok().GetProperty("assignments_count").GetInt32());
        var counts = (await shop.GetAsync("/v1/validation-rules?order=created_at")).Ok().GetProperty("data");
        Assert.Equal([2, 1], counts.EnumerateArray().Select(rule => rule.GetProperty("assignments_count").GetInt32()));

        (await shop.DeleteAsync($"/v1/validation-rules/{other}/assignments/{id}")).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/validation-rules/{one}/assignments/{id}")).Ok(204);
        (await shop.DeleteAsync($"/v1/validation-rules/{one}/assignments/{id}")).Error(404, "not_found");
        Assert.Equal(2, (await shop.GetAsync("/v1/validation-rules-assignments")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"earning_rule":"ern_1"}""", "earning_rule", "ern_1")]
    [InlineData("""{"related_object_type":"earning_rule","related_object_id":"ern_1"}""", "earning_rule", "ern_1")]
    [InlineData("""{"related_object_type":"distribution","related_object_id":"distr_1"}""", "distribution", "distr_1")]
    public async Task Bodies_of_old_and_new_clients_are_taken(string body, string type, string id)
    {
        using var shop = await api.NewProjectAsync();
        var assigned = await shop.PostAsync($"/v1/validation-rules/{await NewRuleAsync(shop)}/assignments", body);
        Assert.Equal((type, id), (assigned["related_object_type"], assigned["related_object_id"]));
    }

    [Theory]
    [InlineData("{}", "Payload must have required property 'related_object_id'")]
    [InlineData("""{"related_object_id":"x","related_object_type":"shelf"}""", "Payload property '.related_object_type' must be equal to one of the allowed values: voucher, campaign, ")]
    [InlineData("""{"related_object_id":7}""", "Payload property '.related_object_id' must be string")]
    public async Task A_wrong_body_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.PostAsync($"/v1/validation-rules/{await NewRuleAsync(shop)}/assignments", body)).Error(400, "invalid_payload");
        Assert.StartsWith(details, error.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_assignment_is_there_once_whoever_is_first()
    {
        using var shop = await api.NewProjectAsync();
        var path = $"/v1/validation-rules/{await NewRuleAsync(shop)}/assignments";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.PostAsync(path, Samples.RuleAssignment)));
        var id = Assert.Single(answers, answer => answer.Status == 200)["id"];
        foreach (var refused in answers.Where(answer => answer.Status != 200))
        {
            var error = refused.Error(409, "duplicate_found");
            Assert.Equal(
                (id, "validation_rules_assignment", "Duplicated resource found", $"Duplicated validation_rules_assignment exists with id {id}"),
                (error.GetProperty("resource_id").GetString(), error.GetProperty("resource_type").GetString(), error.GetProperty("message").GetString(), error.GetProperty("details").GetString()));
        }

        Assert.Equal(1, (await shop.GetAsync(path)).Ok().GetProperty("total").GetInt32());
        Assert.Equal(id, (await shop.PostAsync($"{path}?force=true", Samples.RuleAssignment))["id"]);
        (await shop.PostAsync(path, """{"related_object_type":"distribution","related_object_id":"ern_1"}""")).Ok();
        Assert.Equal(2, (await shop.GetAsync(path)).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_rule_that_is_assigned_is_not_deleted()
    {
        using var shop = await api.NewProjectAsync();
        var rule = await NewRuleAsync(shop);
        var assignment = (await shop.PostAsync($"/v1/validation-rules/{rule}/assignments", Samples.RuleAssignment))["id"];
        Assert.Equal(rule, (await shop.DeleteAsync($"/v1/validation-rules/{rule}")).Error(400, "resource_in_use").GetProperty("resource_id").GetString());
        (await shop.GetAsync($"/v1/validation-rules/{rule}")).Ok();
        (await shop.DeleteAsync($"/v1/validation-rules/{rule}/assignments/{assignment}")).Ok(204);
        (await shop.DeleteAsync($"/v1/validation-rules/{rule}")).Ok(204);
        (await shop.GetAsync($"/v1/validation-rules/{rule}")).Error(404, "not_found");
    }

    [Fact]
    public async Task Deleting_and_assigning_at_once_leaves_no_assignment_of_nothing()
    {
        using var shop = await api.NewProjectAsync();
        for (var round = 0; round < 5; round++)
        {
            var rule = await NewRuleAsync(shop);
            var (assigning, deleting) = (shop.PostAsync($"/v1/validation-rules/{rule}/assignments", Samples.RuleAssignment), shop.DeleteAsync($"/v1/validation-rules/{rule}"));
            var (assigned, deleted) = ((await assigning).Status, (await deleting).Status);
            Assert.True((assigned, deleted) is (200, 400) or (404, 204), $"{assigned} {deleted}");
        }
    }

    [Fact]
    public async Task An_object_has_at_most_a_hundred_rules()
    {
        using var shop = await api.NewProjectAsync();
        for (var at = 0; at < ValidationRuleLimits.RulesOfObject; at++)
        {
            (await shop.PostAsync($"/v1/validation-rules/{await NewRuleAsync(shop)}/assignments", Samples.RuleAssignment)).Ok();
        }

        (await shop.PostAsync($"/v1/validation-rules/{await NewRuleAsync(shop)}/assignments", Samples.RuleAssignment)).Error(400, "invalid_payload");
        (await shop.PostAsync($"/v1/validation-rules/{await NewRuleAsync(shop)}/assignments", """{"related_object_type":"distribution","related_object_id":"distr_1"}""")).Ok();
    }

    private static async Task<string> NewRuleAsync(ProjectClient shop) =>
        (await shop.PostAsync("/v1/validation-rules", """{"name":"x","rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}}}}""")).Ok().GetProperty("id").GetString()!;
}
