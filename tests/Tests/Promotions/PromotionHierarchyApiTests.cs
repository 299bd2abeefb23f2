using Marketing.Api;
using Xunit;

namespace Marketing.Promotions;

/// <summary>The order of tiers, in which they are listed, and which of them hold now.</summary>
[Collection(ApiTests.Name)]
public sealed class PromotionHierarchyApiTests(ApiHost api)
{
    [Fact]
    public async Task Tiers_of_a_campaign_stand_in_their_order_however_they_are_moved()
    {
        using var shop = await NewShopAsync();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "a", "b", "c" })
        {
            ids[name] = await NewTierAsync(shop, name);
        }

        await IsAsync(shop, "a1 b2 c3");
        ids["d"] = await NewTierAsync(shop, "d", ",\"hierarchy\":2");
        await IsAsync(shop, "a1 d2 b3 c4");
        (await shop.PutAsync($"/v1/promotions/tiers/{ids["a"]}", """{"hierarchy":4}""")).Ok();
        await IsAsync(shop, "d1 b2 c3 a4");
        var moved = (await shop.PutAsync($"/v1/promotions/tiers/{ids["c"]}", """{"hierarchy":1,"name":"C"}""")).Ok();
        Assert.Equal(("C", 1), (moved.GetProperty("name").GetString(), moved.GetProperty("hierarchy").GetInt32()));
        await IsAsync(shop, "C1 d2 b3 a4");
        (await shop.DeleteAsync($"/v1/promotions/tiers/{ids["d"]}")).Ok(204);
        await IsAsync(shop, "C1 b3 a4");
        (await shop.PutAsync($"/v1/promotions/tiers/{ids["a"]}", """{"hierarchy":2}""")).Ok();
        await IsAsync(shop, "C1 a2 b3");

        // What was moved by another has changed too.
        var tiers = (await shop.GetAsync("/v1/promotions/Cart/tiers")).Ok().GetProperty("tiers");
        Assert.All(tiers.EnumerateArray(), tier => Assert.True(tier.TryGetProperty("updated_at", out _)));

        // Another campaign has an order of its own.
        (await shop.PostAsync("/v1/campaigns", """{"name":"Other","campaign_type":"PROMOTION"}""")).Ok();
        Assert.Equal(1, (await shop.PostAsync("/v1/promotions/Other/tiers", Tier("o"))).Ok().GetProperty("hierarchy").GetInt32());
        await IsAsync(shop, "C1 a2 b3");
    }

    [Fact]
    public async Task However_many_ask_for_one_place_at_once_each_has_its_own()
    {
        using var shop = await NewShopAsync();
        var ids = (await Task.WhenAll(Enumerable.Range(0, 8).Select(each => shop.PostAsync("/v1/promotions/Cart/tiers", Tier($"t{each}", ",\"hierarchy\":1"))))).Select(answer => answer["id"]).ToList();
        Assert.Equal(Enumerable.Range(1, 8), await PlacesAsync(shop));
        var stacked = Task.WhenAll(ids.Take(2).Select(id => shop.DeleteAsync($"/v1/promotions/tiers/{id}")));
        var answers = await Task.WhenAll(ids.Skip(2).Select(id => shop.PutAsync($"/v1/promotions/tiers/{id}", """{"hierarchy":3}""")));
        await stacked;
        Assert.All(answers, answer => answer.Ok());
        var places = await PlacesAsync(shop);
        Assert.Equal((6, 6), (places.Count, places.Distinct().Count()));
    }

    [Fact]
    public async Task Tiers_of_all_campaigns_are_listed_page_by_page()
    {
        using var shop = await NewShopAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Other","campaign_type":"PROMOTION"}""")).Ok();
        var first = await NewTierAsync(shop, "a");
        foreach (var (campaign, name) in new[] { ("Other", "b"), ("Cart", "c") })
        {
            (await shop.PostAsync($"/v1/promotions/{campaign}/tiers", Tier(name))).Ok();
        }

        await ListsAsync(shop, "", "c b a", 3, false);
        await ListsAsync(shop, "?order=created_at", "a b c", 3, false);
        await ListsAsync(shop, "?limit=2", "c b", 3, true);
        await ListsAsync(shop, "?limit=2&page=2", "a", 3, false);
        (await shop.PostAsync($"/v1/promotions/tiers/{first}/disable")).Ok();
        await ListsAsync(shop, "?order=-updated_at&limit=1", "a", 3, true);
        foreach (var query in new[] { "limit=0", "limit=101", "page=0", "order=name", "is_available=maybe" })
        {
            (await shop.GetAsync($"/v1/promotions/tiers?{query}")).Error(400, "invalid_query_params");
        }

        (await shop.GetAsync("/v1/promotions/tiers?page=101")).Error(400, "page_over_limit");
    }

    [Fact]
    public async Task Available_is_what_holds_now()
    {
        using var shop = await NewShopAsync();
        var always = await NewTierAsync(shop, "always");
        foreach (var (name, more) in new[]
        {
            ("off", ",\"active\":false"), ("over", ",\"expiration_date\":\"2020-01-01\""), ("later", ",\"start_date\":\"2099-01-01\""),
            ("between", ",\"start_date\":\"2020-01-01\",\"expiration_date\":\"2099-01-01\""), ("never", ",\"validity_hours\":{\"daily\":[{\"start_time\":\"09:00\",\"expiration_time\":\"09:01\",\"days_of_week\":[]}]},\"active\":false"),
        })
        {
            await NewTierAsync(shop, name, more);
        }

        await ListsAsync(shop, "?is_available=true", "between always", 2, false);
        await ListsAsync(shop, "?is_available=false&limit=1", "never", 6, true);
        (await shop.PostAsync($"/v1/promotions/tiers/{always}/disable")).Ok();
        await ListsAsync(shop, "?is_available=true", "between", 1, false);
        (await shop.PostAsync("/v1/campaigns/Cart/disable")).Ok();
        await ListsAsync(shop, "?is_available=true", "", 0, false);
        (await shop.PostAsync("/v1/campaigns/Cart/enable")).Ok();
        (await shop.PutAsync("/v1/campaigns/Cart", """{"expiration_date":"2020-01-01"}""")).Ok();
        await ListsAsync(shop, "?is_available=true", "", 0, false);
    }

    private static async Task ListsAsync(ProjectClient shop, string query, string names, int total, bool more)
    {
        var answer = (await shop.GetAsync($"/v1/promotions/tiers{query}")).Ok();
        Assert.Equal(names, string.Join(' ', Shape.Texts(Shape.List(answer, "tiers", "total has_more"), "name")));
        Assert.Equal((total, more), (answer.GetProperty("total").GetInt32(), answer.GetProperty("has_more").GetBoolean()));
    }

    private static async Task IsAsync(ProjectClient shop, string order)
    {
        foreach (var tiers in new[] { (await shop.GetAsync("/v1/promotions/Cart/tiers")).Ok(), (await shop.GetAsync("/v1/campaigns/Cart")).Ok().GetProperty("promotion") })
        {
            Assert.Equal(order, string.Join(' ', tiers.GetProperty("tiers").EnumerateArray().Select(tier => $"{tier.GetProperty("name").GetString()}{tier.GetProperty("hierarchy").GetInt32()}")));
        }
    }

    private static async Task<List<int>> PlacesAsync(ProjectClient shop) =>
        [.. (await shop.GetAsync("/v1/promotions/Cart/tiers")).Ok().GetProperty("tiers").EnumerateArray().Select(tier => tier.GetProperty("hierarchy").GetInt32())];

    private static string Tier(string name, string more = "") => $$$"""{"name":"{{{name}}}","action":{"discount":{"type":"PERCENT","percent_off":10}}{{{more}}}}""";

    private static async Task<string> NewTierAsync(ProjectClient shop, string name, string more = "") =>
        (await shop.PostAsync("/v1/promotions/Cart/tiers", Tier(name, more))).Ok().GetProperty("id").GetString()!;

    private async Task<ProjectClient> NewShopAsync()
    {
        var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/campaigns", """{"name":"Cart","campaign_type":"PROMOTION"}""")).Ok();
        return shop;
    }
}
