using Marketing.Api;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>What is taken away while members have it.</summary>
[Collection(ApiTests.Name)]
public sealed class LoyaltyEdgeTests(ApiHost api)
{
    [Fact]
    public async Task A_card_that_is_deleted_is_no_member_and_a_customer_who_is_erased_leaves_nothing_to_spend()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var (ann, ben) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("ben"));
        (await loyalty.ChangeAsync(ann, 10)).Ok();
        (await loyalty.ChangeAsync(ben, 10)).Ok();
        Assert.Equal(204, (await shop.DeleteAsync($"/v1/vouchers/{ann}")).Status);
        (await loyalty.ChangeAsync(ann, 1)).Error(404, "not_found");
        (await shop.PostAsync("/v1/customers/ben/permanent-deletion")).Ok();
        (await loyalty.ChangeAsync(ben, 1)).Error(400, "not_published");
        Assert.Equal(0, await loyalty.BalanceAsync(ben));
        Assert.Equal(0, (await shop.GetAsync("/v1/loyalties/Friends/members")).Ok().GetProperty("total").GetInt32());
        await api.Grains.LoyaltyNight(shop.Project.Number).RunAsync();
    }

    [Fact]
    public async Task A_tier_that_is_deleted_is_lost_with_the_next_thing_that_happens()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var tiers = await loyalty.TiersAsync("""[{"name":"Silver","points":{"from":10}},{"name":"Gold","points":{"from":100}}]""");
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 100)).Ok();
        Assert.Equal("Gold", await loyalty.TierAsync(card));
        Assert.Equal("Golden", (await shop.PutAsync($"/v1/loyalties/Friends/tiers/{tiers[1]}", """{"name":"Golden","points":{"from":50}}""")).Ok().GetProperty("name").GetString());
        (await shop.PutAsync($"/v1/loyalties/Friends/tiers/{tiers[1]}", """{"points":{"from":10}}""")).Error(400, "invalid_payload");
        Assert.Equal(204, (await shop.DeleteAsync($"/v1/loyalties/Friends/tiers/{tiers[1]}")).Status);
        (await shop.GetAsync($"/v1/loyalties/Friends/tiers/{tiers[1]}")).Error(404, "not_found");
        (await loyalty.ChangeAsync(card, 1)).Ok();
        Assert.Equal("Silver", await loyalty.TierAsync(card));
    }

    [Theory]
    [InlineData("""[{"points":{"from":1}}]""", "name")]
    [InlineData("""[{"name":"A"}]""", "points")]
    [InlineData("""[{"name":"A","points":{"from":-1}}]""", "[0].points.from")]
    [InlineData("""[{"name":"A","points":{"from":5,"to":5}}]""", "[0].points.to")]
    [InlineData("""[{"name":"A","points":{"from":5}},{"name":"B","points":{"from":5}}]""", "[1].points.from")]
    [InlineData("""[{"name":"A","points":{"from":5},"earning_rules":{"ern_1":{"type":"MULTIPLY","multiplier":-1}}}]""", "[0].earning_rules.ern_1")]
    [InlineData("[]", "items")]
    public async Task What_is_wrong_with_a_tier_is_named(string body, string field)
    {
        using var shop = await api.NewProjectAsync();
        await new Loyalty(shop).NewAsync();
        Assert.Contains(field, (await shop.PostAsync("/v1/loyalties/Friends/tiers", body)).Error(400, "invalid_payload").GetProperty("details").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_are_exported_by_what_changed_them_and_by_when_they_end()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 10, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2090-06-30" """)).Ok();
        (await loyalty.ChangeAsync(card, -4)).Ok();
        var lines = await FileAsync($"/v1/loyalties/members/{card}/transactions/export", """{"parameters":{"fields":["type","amount","balance"]}}""");
        Assert.Equal(["type,amount,balance", "POINTS_REMOVAL,-4,6", "POINTS_ADDITION,10,10"], lines);
        Assert.Equal(3, (await FileAsync("/v1/loyalties/Friends/transactions/export", "{}")).Length);
        Assert.Equal(["points,status,expires_at", "6,ACTIVE,2090-06-30"], await FileAsync("/v1/loyalties/Friends/points-expiration/export", """{"parameters":{"fields":["points","status","expires_at"]}}"""));

        async Task<string[]> FileAsync(string path, string body)
        {
            var id = (await shop.PostAsync(path, body)).Ok().GetProperty("id").GetString();
            var done = await shop.UntilAsync($"/v1/exports/{id}", static export => export.GetProperty("status").GetString() == "DONE");
            using var anybody = api.Anonymous();
            var file = await anybody.GetAsync(new Uri(done.GetProperty("result").GetProperty("url").GetString()!).PathAndQuery);
            return file.Text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }
}
