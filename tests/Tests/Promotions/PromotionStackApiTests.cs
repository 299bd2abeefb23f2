using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Promotions;

[Collection(ApiTests.Name)]
public sealed class PromotionStackApiTests(ApiHost api)
{
    private const string Fields = "id name created_at campaign_id object tiers category_id categories";

    [Fact]
    public async Task A_stack_has_the_fields_of_the_product_and_keeps_its_order()
    {
        using var shop = await api.NewProjectAsync();
        var tiers = await NewTiersAsync(shop, 3);
        var campaign = Text((await shop.GetAsync("/v1/campaigns/Cart")).Ok(), "id");
        var made = (await shop.PostAsync($"/v1/promotions/{campaign}/stacks", Stack("Both", tiers[2], tiers[0]))).Ok();
        Shape.Is(made, Fields);
        Assert.StartsWith("stack_", Text(made, "id"), StringComparison.Ordinal);
        Assert.Equal(("Both", campaign, "promotion_stack"), (Text(made, "name"), Text(made, "campaign_id"), Text(made, "object")));
        Assert.Equal($$"""{"ids":["{{tiers[2]}}","{{tiers[0]}}"],"hierarchy_mode":"MANUAL"}""", made.GetProperty("tiers").GetRawText());
        Assert.Equal(JsonValueKind.Null, made.GetProperty("category_id").ValueKind);
        var path = $"/v1/promotions/Cart/stacks/{Text(made, "id")}";
        Assert.Equal(made.GetRawText(), (await shop.GetAsync(path)).Ok().GetRawText());
        Assert.Equal(made.GetRawText(), Shape.List((await shop.GetAsync("/v1/promotions/Cart/stacks")).Ok(), "data", "total")[0].GetRawText());
        Assert.Equal(made.GetRawText(), Shape.List((await shop.GetAsync("/v1/promotions/stacks")).Ok(), "data", "total")[0].GetRawText());

        var category = (await shop.PostAsync("/v1/categories", Samples.Category))["id"];
        var changed = (await shop.PutAsync(path, $$$"""{"name":"All","tiers":{"ids":["{{{tiers[1]}}}"]},"category_id":"{{{category}}}"}""")).Ok();
        Shape.Is(changed, $"{Fields} updated_at");
        Assert.Equal(("All", category, category), (Text(changed, "name"), Text(changed, "category_id"), Text(changed.GetProperty("categories")[0], "id")));
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync(path, """{"name":"All"}""")).Ok().GetRawText());
        Assert.Equal(0, (await shop.PutAsync(path, """{"category_id":null}""")).Ok().GetProperty("categories").GetArrayLength());

        (await shop.DeleteAsync(path)).Ok(204);
        Assert.Equal("promotion_stack", Text((await shop.GetAsync(path)).Error(404, "not_found"), "resource_type"));
        (await shop.DeleteAsync(path)).Error(404, "not_found");
        Assert.Equal(3, (await shop.GetAsync("/v1/promotions/Cart/tiers")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"tiers":{"ids":["TIER"]}}""", "Payload must have required property 'name'")]
    [InlineData("""{"name":"x"}""", "Payload must have required property 'tiers'")]
    [InlineData("""{"name":"x","tiers":{}}""", "Payload property '.tiers' must have required property 'ids'")]
    [InlineData("""{"name":"x","tiers":{"ids":[]}}""", "Payload property '.tiers.ids' must NOT have fewer than 1 items")]
    [InlineData("""{"name":"x","tiers":{"ids":["TIER","TIER"]}}""", "Payload property '.tiers.ids' must NOT have an item twice: ")]
    [InlineData("""{"name":"x","tiers":{"ids":[1]}}""", "Payload property '.tiers.ids[0]' must be string")]
    [InlineData("""{"name":"x","tiers":{"ids":["TIER"],"hierarchy_mode":"AUTO"}}""", "Payload property '.tiers.hierarchy_mode' must be equal to one of the allowed values: MANUAL")]
    public async Task What_is_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        var tier = (await NewTiersAsync(shop, 1))[0];
        var refused = (await shop.PostAsync("/v1/promotions/Cart/stacks", body.Replace("TIER", tier, StringComparison.Ordinal))).Error(400, "invalid_payload");
        Assert.StartsWith(details, refused.GetProperty("details").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await shop.GetAsync("/v1/promotions/stacks")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_stack_has_at_most_thirty_tiers_of_its_campaign()
    {
        using var shop = await api.NewProjectAsync();
        var tiers = await NewTiersAsync(shop, 31);
        (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("x", tiers))).Error(400, "invalid_payload");
        var stack = (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("x", tiers[..30]))).Ok();
        Assert.Equal(30, stack.GetProperty("tiers").GetProperty("ids").GetArrayLength());
        (await shop.PostAsync("/v1/campaigns", """{"name":"Other","campaign_type":"PROMOTION"}""")).Ok();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Codes","voucher":{"gift":{"amount":1}}}""")).Ok();
        foreach (var (path, ids, type) in new[] { ("Other", tiers[..1], "promotion_tier"), ("Nowhere", tiers[..1], "campaign"), ("Cart", new[] { "promo_1" }, "promotion_tier") })
        {
            Assert.Equal(type, Text((await shop.PostAsync($"/v1/promotions/{path}/stacks", Stack("x", ids))).Error(404, "not_found"), "resource_type"));
        }

        (await shop.PostAsync("/v1/promotions/Codes/stacks", Stack("x", tiers[..1]))).Error(400, "invalid_campaign");
        var id = Text(stack, "id");
        (await shop.GetAsync($"/v1/promotions/Other/stacks/{id}")).Error(404, "not_found");
        (await shop.PutAsync($"/v1/promotions/Other/stacks/{id}", """{"name":"y"}""")).Error(404, "not_found");
        (await shop.DeleteAsync($"/v1/promotions/Other/stacks/{id}")).Error(404, "not_found");
        (await shop.PutAsync($"/v1/promotions/Cart/stacks/{id}", """{"tiers":{"ids":["promo_1"]}}""")).Error(404, "not_found");
        (await shop.PutAsync($"/v1/promotions/Cart/stacks/{id}", """{"category_id":"cat_1"}""")).Error(400, "invalid_payload");
        Assert.Equal(stack.GetRawText(), (await shop.GetAsync($"/v1/promotions/Cart/stacks/{id}")).Ok().GetRawText());
    }

    [Fact]
    public async Task A_tier_that_is_deleted_leaves_its_stacks_and_a_stack_of_it_alone_goes_too()
    {
        using var shop = await api.NewProjectAsync();
        var tiers = await NewTiersAsync(shop, 2);
        var both = (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("both", tiers)))["id"];
        var alone = (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("alone", tiers[0])))["id"];
        (await shop.DeleteAsync($"/v1/promotions/tiers/{tiers[0]}")).Ok(204);
        var left = (await shop.GetAsync($"/v1/promotions/Cart/stacks/{both}")).Ok();
        Assert.Equal($"[\"{tiers[1]}\"]", left.GetProperty("tiers").GetProperty("ids").GetRawText());
        (await shop.GetAsync($"/v1/promotions/Cart/stacks/{alone}")).Error(404, "not_found");
    }

    [Fact]
    public async Task Stacks_are_listed_in_every_order_and_by_time()
    {
        using var shop = await api.NewProjectAsync();
        var tier = (await NewTiersAsync(shop, 1))[0];
        foreach (var name in new[] { "b", "c", "a" })
        {
            (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack(name, tier))).Ok();
        }

        var oldest = (await shop.GetAsync("/v1/promotions/stacks?order=created_at")).Ok().GetProperty("data")[0];
        (await shop.PutAsync($"/v1/promotions/Cart/stacks/{Text(oldest, "id")}", """{"name":"B"}""")).Ok();
        var made = Uri.EscapeDataString(Text(oldest, "created_at"));
        foreach (var (query, names) in new[]
        {
            ("", "a c B"), ("order=created_at", "B c a"), ("order=name", "B a c"), ("order=-name", "c a B"), ("order=-updated_at&limit=1", "B"), ("limit=2&page=2", "B"),
            ($"created_at[before]={made}", ""), ("created_at[before]=2099-01-01", "a c B"), ("created_at[after]=2099-01-01", ""), ("updated_at[after]=2020-01-01", "B"),
        })
        {
            Assert.Equal(names, string.Join(' ', Shape.Texts((await shop.GetAsync($"/v1/promotions/stacks?{query}")).Ok().GetProperty("data"), "name")));
        }

        Assert.Equal(3, (await shop.GetAsync("/v1/promotions/stacks?limit=1")).Ok().GetProperty("total").GetInt32());
        Assert.Equal("B c a", string.Join(' ', Shape.Texts((await shop.GetAsync("/v1/promotions/Cart/stacks")).Ok().GetProperty("data"), "name")));
        (await shop.GetAsync("/v1/promotions/stacks?order=tiers")).Error(400, "invalid_query_params");
        (await shop.GetAsync("/v1/promotions/Nowhere/stacks")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_request_made_again_with_its_key_makes_nothing_more()
    {
        using var shop = await api.NewProjectAsync();
        var tiers = await NewTiersAsync(shop, 1);
        (string, string) key = ("Idempotency-Key", "k");
        var id = (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("x", tiers), key))["id"];
        Assert.Equal(id, (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("x", tiers), key))["id"]);
        (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("y", tiers), key)).Error(409, "idempotency_key_reused");
        (await shop.DeleteAsync($"/v1/promotions/Cart/stacks/{id}")).Ok(204);
        (await shop.PostAsync("/v1/promotions/Cart/stacks", Stack("x", tiers), key)).Error(404, "not_found");
        Assert.Equal(0, (await shop.GetAsync("/v1/promotions/stacks")).Ok().GetProperty("total").GetInt32());
    }

    private static async Task<string[]> NewTiersAsync(ProjectClient shop, int count)
    {
        var tiers = string.Join(',', Enumerable.Range(1, count).Select(each => $$$"""{"name":"t{{{each}}}","action":{"discount":{"type":"AMOUNT","amount_off":{{{each}}} } } }"""));
        var made = (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"Cart","campaign_type":"PROMOTION","promotion":{"tiers":[{{{tiers}}}]}}""")).Ok();
        return Shape.Texts(made.GetProperty("promotion").GetProperty("tiers"), "id");
    }

    private static string Stack(string name, params string[] tiers) => $$$"""{"name":"{{{name}}}","tiers":{"ids":[{{{string.Join(',', tiers.Select(tier => $"\"{tier}\""))}}}],"hierarchy_mode":"MANUAL"}}""";

    private static string Text(JsonElement value, string field) => value.GetProperty(field).GetString()!;
}
