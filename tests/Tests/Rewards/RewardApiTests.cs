using Marketing.Api;
using Marketing.Loyalties;
using Xunit;

namespace Marketing.Rewards;

[Collection(ApiTests.Name)]
public sealed class RewardApiTests(ApiHost api)
{
    [Fact]
    public async Task A_reward_is_made_shown_changed_and_deleted()
    {
        using var shop = await api.NewProjectAsync();
        var product = await new RewardObjects(shop).ProductAsync("kalimba");
        var made = (await shop.PostAsync("/v1/rewards", RewardExamples.Reward)).Ok();
        Shape.Is(made, "id name type parameters attributes metadata stock redeemed created_at updated_at object");
        Assert.Equal((product, 20, 0), (made.GetProperty("parameters").GetProperty("product").GetProperty("id").GetString(), made.GetProperty("stock").GetInt32(), made.GetProperty("redeemed").GetInt32()));
        var path = $"/v1/rewards/{made.GetProperty("id").GetString()}";
        Assert.Equal(made.GetRawText(), (await shop.GetAsync(path)).Text);

        var changed = (await shop.PutAsync(path, RewardExamples.RewardChange)).Ok();
        Assert.Equal(("A small kalimba", 25, "b", "Seventeen keys"), (
            changed.GetProperty("name").GetString(), changed.GetProperty("stock").GetInt32(), changed.GetProperty("metadata").GetProperty("shelf").GetString(),
            changed.GetProperty("attributes").GetProperty("description").GetString()));
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync(path, RewardExamples.RewardChange)).Text);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await shop.PutAsync(path, """{"stock":null}""")).Ok().GetProperty("stock").ValueKind);
        (await shop.PutAsync(path, """{"type":"COIN"}""")).Error(400, "invalid_payload");
        Assert.Equal(1, (await shop.GetAsync("/v1/rewards")).Ok().GetProperty("total").GetInt32());
        (await shop.DeleteAsync(path)).Ok(204);
        (await shop.GetAsync(path)).Error(404, "not_found");
        (await shop.DeleteAsync(path)).Error(404, "not_found");
        (await shop.PutAsync(path, """{"name":"x"}""")).Error(404, "not_found");
    }

    [Theory]
    [InlineData("""{"name":"x"}""", 400, "invalid_payload")]
    [InlineData("""{"parameters":{}}""", 400, "missing_param")]
    [InlineData("""{"type":"COIN","parameters":{"product":{"id":"mug"}}}""", 400, "missing_param")]
    [InlineData("""{"parameters":{"product":{}}}""", 400, "missing_param")]
    [InlineData("""{"parameters":{"product":{"id":"nothing"}}}""", 404, "not_found")]
    [InlineData("""{"parameters":{"product":{"id":"mug","sku_id":"nothing"}}}""", 404, "not_found")]
    [InlineData("""{"parameters":{"campaign":{}}}""", 400, "missing_param")]
    [InlineData("""{"parameters":{"campaign":{"id":"Nothing"}}}""", 404, "not_found")]
    [InlineData("""{"parameters":{"campaign":{"id":"Cart"}}}""", 400, "invalid_payload")]
    [InlineData("""{"parameters":{"campaign":{"id":"Friends"}}}""", 400, "invalid_balance")]
    [InlineData("""{"parameters":{"campaign":{"id":"Friends","balance":0}}}""", 400, "invalid_balance")]
    [InlineData("""{"parameters":{"coin":{}}}""", 400, "missing_param")]
    [InlineData("""{"parameters":{"coin":{"exchange_ratio":0}}}""", 400, "invalid_payload")]
    [InlineData("""{"parameters":{"coin":{"exchange_ratio":1,"points_ratio":0}}}""", 400, "invalid_payload")]
    [InlineData("""{"parameters":{"coin":{"exchange_ratio":1}},"stock":5}""", 400, "invalid_payload")]
    [InlineData("""{"parameters":{"product":{"id":"mug"}},"stock":-1}""", 400, "invalid_payload")]
    public async Task What_is_no_reward_is_refused_by_the_field(string body, int status, string key)
    {
        using var shop = await api.NewProjectAsync();
        await new RewardObjects(shop).ProductAsync();
        await new Loyalty(shop).NewAsync();
        (await shop.PostAsync("/v1/campaigns", Samples.PromotionCampaign)).Ok();
        (await shop.PostAsync("/v1/rewards", body)).Error(status, key);
        Assert.Equal(0, (await shop.GetAsync("/v1/rewards")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_reward_is_assigned_to_a_programme_once_by_either_path()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        var program = await loyalty.NewAsync();
        var (mug, first) = await rewards.MugAsync(50);
        var coin = await rewards.NewAsync("""{"name":"Pay","parameters":{"coin":{"exchange_ratio":"0.5"}}}""");
        var duplicate = (await shop.PostAsync($"/v1/rewards/{mug}/assignments", """{"campaign":"Friends","parameters":{"loyalty":{"points":1}}}""")).Error(409, "duplicate_found");
        Assert.Equal(first, duplicate.GetProperty("resource_id").GetString());
        (await shop.PostAsync($"/v1/loyalties/{program}/rewards", $$$"""[{"reward":"{{{coin}}}"},{"reward":"{{{mug}}}","parameters":{"loyalty":{"points":1} } }]""")).Error(409, "duplicate_found");
        var second = (await shop.PostAsync($"/v1/loyalties/{program}/rewards", $$"""[{"reward":"{{coin}}"}]""")).Ok()[0];
        Shape.Is(second, "id reward_id related_object_id related_object_type created_at updated_at object");
        var id = second.GetProperty("id").GetString();

        foreach (var path in new[] { $"/v1/loyalties/{program}/rewards", $"/v1/loyalties/Friends/reward-assignments" })
        {
            Assert.Equal([id, first], Shape.Texts((await shop.GetAsync(path)).Ok().GetProperty("data"), "id"));
        }

        Assert.Equal([first], Shape.Texts((await shop.GetAsync($"/v1/loyalties/{program}/rewards?assignment_id={first}")).Ok().GetProperty("data"), "id"));
        Assert.Equal([first], Shape.Texts((await shop.GetAsync($"/v1/rewards/{mug}/assignments")).Ok().GetProperty("data"), "id"));
        Assert.Equal(coin, (await shop.GetAsync($"/v1/loyalties/{program}/reward-assignments/{id}/reward")).Ok().GetProperty("id").GetString());
        Assert.Equal((await shop.GetAsync($"/v1/rewards/{mug}/assignments/{first}")).Text, (await shop.GetAsync($"/v1/loyalties/{program}/rewards/{first}")).Text);
        (await shop.GetAsync($"/v1/rewards/{coin}/assignments/{first}")).Error(404, "not_found");
        Assert.Equal([mug], Shape.Texts((await shop.GetAsync($"/v1/rewards?assignment_id={first}")).Ok().GetProperty("data"), "id"));

        Assert.Equal(60, (await shop.PutAsync($"/v1/loyalties/{program}/rewards/{first}", """{"parameters":{"loyalty":{"points":60}}}""")).Ok().GetProperty("parameters").GetProperty("loyalty").GetProperty("points").GetInt32());
        (await shop.PutAsync($"/v1/rewards/{coin}/assignments/{id}", """{"parameters":{"loyalty":{"points":60}}}""")).Error(400, "invalid_payload");
        var used = (await shop.DeleteAsync($"/v1/rewards/{mug}")).Error(400, "resource_in_use");
        Assert.Equal($"Resource reward with id {mug} is in use by reward_assignments with ids [{first}]", used.GetProperty("details").GetString());
        Assert.Equal(first, Assert.Single(used.GetProperty("related_object_ids").EnumerateArray()).GetString());
        Assert.Equal("reward_assignment", used.GetProperty("related_object_type").GetString());
        (await shop.DeleteAsync($"/v1/loyalties/{program}/rewards/{first}")).Ok(204);
        (await shop.DeleteAsync($"/v1/loyalties/{program}/rewards/{first}")).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/loyalties/Nothing/rewards/{first}")).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/rewards/{mug}")).Ok(204);

        // Assignments end with their programme, and the rewards stay.
        (await shop.DeleteAsync($"/v1/loyalties/{program}")).Ok(202);
        (await shop.GetAsync($"/v1/rewards/{coin}/assignments/{id}")).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/rewards/{coin}")).Ok(204);
    }

    [Fact]
    public async Task What_is_no_assignment_is_refused_by_the_field()
    {
        using var shop = await api.NewProjectAsync();
        var (rewards, loyalty) = (new RewardObjects(shop), new Loyalty(shop));
        await loyalty.NewAsync();
        var product = await rewards.ProductAsync();
        var mug = await rewards.NewAsync($$$"""{"parameters":{"product":{"id":"{{{product}}}"} } }""");
        var coin = await rewards.NewAsync("""{"parameters":{"coin":{"exchange_ratio":1}}}""");
        var other = await rewards.NewAsync($$$"""{"parameters":{"product":{"id":"{{{product}}}"} } }""");
        foreach (var (reward, body, status, key) in new[]
        {
            (mug, """{"campaign":"Friends"}""", 400, "missing_param"),
            (mug, """{"parameters":{"loyalty":{"points":1}}}""", 400, "invalid_payload"),
            (mug, """{"campaign":"Friends","parameters":{"loyalty":{"points":0}}}""", 400, "invalid_payload"),
            (mug, """{"campaign":"Nothing","parameters":{"loyalty":{"points":1}}}""", 404, "not_found"),
            (mug, """{"campaign":"Friends","parameters":{"loyalty":{"points":1}},"validation_rules":["val_1"]}""", 404, "not_found"),
            (coin, """{"campaign":"Friends","parameters":{"loyalty":{"points":1}}}""", 400, "invalid_payload"),
            (coin, """{"campaign":"Friends","validation_rules":["val_1","val_2"]}""", 400, "invalid_payload"),
            ("rew_1", """{"campaign":"Friends","parameters":{"loyalty":{"points":1}}}""", 404, "not_found"),
        })
        {
            (await shop.PostAsync($"/v1/rewards/{reward}/assignments", body)).Error(status, key);
        }

        (await shop.PostAsync("/v1/loyalties/Friends/rewards", "[]")).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/loyalties/Nothing/rewards", $$"""[{"reward":"{{coin}}"}]""")).Error(404, "not_found");
        await rewards.AssignAsync(mug, 10, more: ""","auto_redeem":true""");
        (await shop.PostAsync($"/v1/rewards/{other}/assignments", """{"campaign":"Friends","parameters":{"loyalty":{"points":1,"auto_redeem":true}}}""")).Error(400, "invalid_payload");
        Assert.Equal(1, (await shop.GetAsync("/v1/loyalties/Friends/rewards")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_request_made_again_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        await new Loyalty(shop).NewAsync();
        (string, string)[] key = [("Idempotency-Key", "one")];
        var made = (await shop.PostAsync("/v1/rewards", """{"name":"Pay","parameters":{"coin":{"exchange_ratio":1}}}""", key)).Ok();
        Assert.Equal(made.GetRawText(), (await shop.PostAsync("/v1/rewards", """{"name":"Pay","parameters":{"coin":{"exchange_ratio":1}}}""", key)).Text);
        (await shop.PostAsync("/v1/rewards", """{"name":"Other","parameters":{"coin":{"exchange_ratio":1}}}""", key)).Error(409, "idempotency_key_reused");
        (string, string)[] other = [("Idempotency-Key", "two")];
        var path = $"/v1/rewards/{made.GetProperty("id").GetString()}/assignments";
        var assigned = (await shop.PostAsync(path, """{"campaign":"Friends"}""", other)).Ok();
        Assert.Equal(assigned.GetRawText(), (await shop.PostAsync(path, """{"campaign":"Friends"}""", other)).Text);
        Assert.Equal(1, (await shop.GetAsync("/v1/rewards")).Ok().GetProperty("total").GetInt32());
    }
}
