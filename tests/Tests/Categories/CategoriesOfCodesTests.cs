using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Categories;

/// <summary>Campaigns and vouchers in categories.</summary>
[Collection(ApiTests.Name)]
public sealed class CategoriesOfCodesTests(ApiHost api)
{
    private const string Gift = """{"gift":{"amount":1},"category_id":"ID"}""";

    [Fact]
    public async Task A_voucher_is_in_its_own_category_or_else_in_that_of_its_campaign()
    {
        using var shop = await api.NewProjectAsync();
        var (first, second) = (await NewAsync(shop, "Seasonal", 2), await NewAsync(shop, "Staff", 7));
        var made = (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"C","voucher":{"gift":{"amount":1}},"category_id":"{{{first}}}"}""")).Ok();
        IsIn(made, first, "Seasonal", 2);
        IsIn((await shop.GetAsync("/v1/campaigns/C")).Ok(), first, "Seasonal", 2);
        IsIn((await shop.PostAsync("/v1/campaigns/C/vouchers/A", "{}")).Ok(), first, "Seasonal", 2);
        IsIn((await shop.PostAsync("/v1/campaigns/C/vouchers/B", """{"category":"Staff"}""")).Ok(), second, "Staff", 7);
        IsIn((await shop.PutAsync("/v1/vouchers/B", """{"category":null}""")).Ok(), first, "Seasonal", 2);
        IsIn((await shop.PutAsync("/v1/vouchers/B", $$"""{"category_id":"{{second}}","category":"Staff"}""")).Ok(), second, "Staff", 7);

        // Codes that are made in the background have what was said of each.
        var job = (await shop.PostAsync("/v1/campaigns/C/vouchers?vouchers_count=2", """{"category":"Staff","metadata":{"a":1}}""")).Ok(202).GetProperty("async_action_id").GetString();
        await shop.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE");
        var listed = (await shop.GetAsync("/v1/vouchers?campaign=C&order=created_at")).Ok().GetProperty("vouchers").EnumerateArray().ToArray();
        Assert.Equal(["Seasonal", "Staff", "Staff", "Staff"], listed.Select(voucher => voucher.GetProperty("category").GetString()));
        Assert.Equal(1, listed[3].GetProperty("metadata").GetProperty("a").GetInt32());

        // The campaign's moves on with it, and so does a name.
        IsIn((await shop.PutAsync("/v1/campaigns/C", """{"category":"Staff"}""")).Ok(), second, "Staff", 7);
        IsIn((await shop.GetAsync("/v1/vouchers/A")).Ok(), second, "Staff", 7);
        await shop.PutAsync($"/v1/categories/{second}", """{"name":"Crew","hierarchy":1}""");
        IsIn((await shop.GetAsync("/v1/vouchers/A")).Ok(), second, "Crew", 1);
        IsIn((await shop.PutAsync("/v1/vouchers/A", """{"category":"Crew"}""")).Ok(), second, "Crew", 1);
    }

    [Fact]
    public async Task Lists_of_campaigns_show_whole_categories_where_they_are_asked_for()
    {
        using var shop = await api.NewProjectAsync();
        var id = await NewAsync(shop, "Seasonal", 2);
        (await shop.PostAsync("/v1/campaigns", """{"name":"C","campaign_type":"PROMOTION","category":"Seasonal"}""")).Ok();
        var plain = (await shop.GetAsync("/v1/campaigns")).Ok().GetProperty("campaigns")[0];
        Assert.Equal((id, 0), (plain.GetProperty("category_id").GetString(), plain.GetProperty("categories").GetArrayLength()));
        IsIn((await shop.GetAsync("/v1/campaigns?expand=category")).Ok().GetProperty("campaigns")[0], id, "Seasonal", 2);
        (await shop.GetAsync("/v1/campaigns?expand=tiers")).Error(400, "invalid_query_params");
    }

    [Theory]
    [InlineData("""{"gift":{"amount":1},"category_id":"cat_none"}""", "category_id", "must be the id of a category that there is")]
    [InlineData("""{"gift":{"amount":1},"category":"None"}""", "category", "must be the name of a category that there is")]
    [InlineData("""{"gift":{"amount":1},"category":"Other","category_id":"ID"}""", "category", "must be the name of the category with the category_id, or be left out")]
    public async Task A_category_that_is_not_there_is_refused_by_its_field(string body, string field, string rule)
    {
        using var shop = await api.NewProjectAsync();
        body = body.Replace("ID", await NewAsync(shop, "Seasonal", 2), StringComparison.Ordinal);
        await NewAsync(shop, "Other", 3);
        (await shop.PostAsync("/v1/campaigns", """{"name":"C","voucher":{"gift":{"amount":1}}}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/V", """{"gift":{"amount":1}}""")).Ok();
        foreach (var answer in new[] { await shop.PostAsync("/v1/vouchers", body), await shop.PostAsync("/v1/vouchers/W", body), await shop.PutAsync("/v1/vouchers/V", body) })
        {
            Assert.Equal($"Payload property '.{field}' {rule}", answer.Error(400, "invalid_payload").GetProperty("details").GetString());
        }

        var named = body.Replace("{\"gift\":{\"amount\":1}", """{"name":"D","voucher":{"gift":{"amount":1}}""", StringComparison.Ordinal);
        foreach (var answer in new[] { await shop.PostAsync("/v1/campaigns", named), await shop.PutAsync("/v1/campaigns/C", body), await shop.PostAsync("/v1/campaigns/C/vouchers?vouchers_count=3", body) })
        {
            Assert.Equal($"Property '{field}' {rule}", answer.Error(400, "invalid_campaign").GetProperty("details").GetString());
        }

        (await shop.GetAsync("/v1/vouchers/W")).Error(404, "not_found");
        (await shop.GetAsync("/v1/campaigns/D")).Error(404, "not_found");
    }

    [Fact]
    public async Task A_category_that_is_deleted_is_not_shown_any_more()
    {
        using var shop = await api.NewProjectAsync();
        var id = await NewAsync(shop, "Seasonal", 2);
        (await shop.PostAsync("/v1/campaigns", $$"""{"name":"C","campaign_type":"PROMOTION","category_id":"{{id}}"}""")).Ok();
        (await shop.PostAsync("/v1/vouchers/V", Gift.Replace("ID", id, StringComparison.Ordinal))).Ok();
        (await shop.DeleteAsync($"/v1/categories/{id}")).Ok(204);
        foreach (var path in new[] { "/v1/campaigns/C", "/v1/vouchers/V" })
        {
            var read = (await shop.GetAsync(path)).Ok();
            Assert.Equal((JsonValueKind.Null, 0), (read.GetProperty("category_id").ValueKind, read.GetProperty("categories").GetArrayLength()));
        }
    }

    [Fact]
    public async Task Categories_of_others_are_not_there()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var id = await NewAsync(other, "Seasonal", 2);
        (await shop.PostAsync("/v1/vouchers/V", Gift.Replace("ID", id, StringComparison.Ordinal))).Error(400, "invalid_payload");
        (await shop.PostAsync("/v1/vouchers/V", """{"gift":{"amount":1},"category":"Seasonal"}""")).Error(400, "invalid_payload");
    }

    private static async Task<string> NewAsync(ProjectClient shop, string name, int hierarchy) =>
        (await shop.PostAsync("/v1/categories", $$"""{"name":"{{name}}","hierarchy":{{hierarchy}} }""")).Ok().GetProperty("id").GetString()!;

    private static void IsIn(JsonElement read, string id, string name, int hierarchy)
    {
        Assert.Equal((id, name), (read.GetProperty("category_id").GetString(), read.GetProperty("category").GetString()));
        var category = Assert.Single(read.GetProperty("categories").EnumerateArray());
        Assert.Equal(
            (id, name, hierarchy, "category"),
            (category.GetProperty("id").GetString(), category.GetProperty("name").GetString(), category.GetProperty("hierarchy").GetInt32(), category.GetProperty("object").GetString()));
        Assert.True(category.TryGetProperty("created_at", out _));
    }
}
