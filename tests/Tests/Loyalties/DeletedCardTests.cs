using System.Text.Json;
using Marketing.Api;
using Marketing.Rewards;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>What is left of a card that is deleted, and who may have another one.</summary>
[Collection(ApiTests.Name)]
public sealed class DeletedCardTests(ApiHost api)
{
    private const string Tier = """[{"name":"Any","points":{"from":1}}]""";

    [Fact]
    public async Task With_a_card_its_points_leave_the_profile_and_the_customer_may_join_again()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync();
        await loyalty.TiersAsync(Tier, program);
        var first = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(first, 10)).Ok();
        Assert.Equal((10, 10, "Any"), await ProfileAsync(shop, "Friends"));
        (await shop.DeleteAsync($"/v1/vouchers/{first}?force=true")).Ok(204);
        Assert.Equal((0, 0, null), await ProfileAsync(shop, "Friends"));
        var second = await loyalty.JoinAsync("ann");
        Assert.NotEqual(first, second);
        Assert.Equal(second, await loyalty.JoinAsync("ann"));
        (await loyalty.ChangeAsync(second, 7)).Ok();
        Assert.Equal((7, 7, "Any"), await ProfileAsync(shop, "Friends"));

        // The publication of the one that is gone stays; it stands in nobody's way.
        Assert.Equal(2, (await shop.GetAsync("/v1/publications?customer=ann")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task With_a_programme_its_points_leave_all_profiles_and_those_of_another_stay()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var friends = await loyalty.NewAsync();
        var others = await loyalty.NewAsync(Loyalty.Program().Replace("\"Friends\"", "\"Others\"", StringComparison.Ordinal));
        (await loyalty.ChangeAsync(await loyalty.JoinAsync("ann", friends), 10)).Ok();
        (await loyalty.ChangeAsync(await loyalty.JoinAsync("ann", others), 5)).Ok();
        (await shop.DeleteAsync($"/v1/loyalties/{friends}")).Ok(202);
        await shop.UntilAsync("/v1/customers/ann", static ann => ann.GetProperty("loyalty").GetProperty("points").GetInt32() == 5);
        Assert.Equal((5, 5, null), await ProfileAsync(shop, "Others"));
        Assert.False((await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("loyalty").GetProperty("campaigns").TryGetProperty("Friends", out _));
    }

    [Fact]
    public async Task Nobody_is_a_member_twice_however_many_ask_at_once()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync(Loyalty.Program().Replace("\"points\":0", "\"points\":100", StringComparison.Ordinal).Replace("\"join_once\":true", "\"join_once\":false", StringComparison.Ordinal));
        Assert.True((await shop.GetAsync($"/v1/loyalties/{program}")).Ok().GetProperty("join_once").GetBoolean());
        var cards = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => (await shop.PostAsync($"/v1/loyalties/{program}/members", """{"customer":{"source_id":"ann"}}""")).Ok().GetProperty("code").GetString()));
        Assert.Single(cards.Distinct());
        Assert.Equal(1, (await shop.GetAsync($"/v1/loyalties/{program}/members?customer=ann")).Ok().GetProperty("total").GetInt32());
        Assert.Equal((100, 100, null), await ProfileAsync(shop, "Friends"));
    }

    [Fact]
    public async Task Whose_code_was_deleted_is_given_another_one_also_where_customers_are_given_one_only()
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        await rewards.CouponsAsync("Once", 3, ""","join_once":true""");
        var first = await PublishAsync(shop);
        Assert.Equal(first, await PublishAsync(shop));
        (await shop.DeleteAsync($"/v1/vouchers/{first}?force=true")).Ok(204);
        var second = await PublishAsync(shop);
        Assert.NotEqual(first, second);
        Assert.Equal(second, await PublishAsync(shop));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"order":{} }""")]
    [InlineData("""{"order":{"amount":0}}""")]
    [InlineData("""{"order":{"amount":0},"points":50}""")]
    public async Task Points_pay_for_nothing_only_where_something_is_bought(string bought)
    {
        using var shop = await api.NewProjectAsync();
        var rewards = new RewardObjects(shop);
        var card = await rewards.MemberAsync(100);
        var coin = await rewards.CoinAsync("1", 1);
        (await rewards.RedeemAsync(card, coin, bought == "{}" ? "" : "," + bought[1..^1])).Error(400, "missing_order");
        Assert.Equal(100, (await new Loyalty(shop).CardAsync(card)).GetProperty("balance").GetInt32());
        Assert.Equal(0, (await shop.GetAsync("/v1/orders")).Ok().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("/v1/publications", """{"campaign":"Friends","customer":{}}""")]
    [InlineData("/v1/publications", """{"campaign":"Friends","customer":{"foo":1}}""")]
    [InlineData("/v1/loyalties/Friends/members", """{"customer":{}}""")]
    [InlineData("/v1/loyalties/Friends/members", """{"customer":{"foo":1}}""")]
    public async Task A_customer_of_whom_nothing_is_said_is_refused_and_not_made(string path, string body)
    {
        using var shop = await api.NewProjectAsync();
        await new Loyalty(shop).NewAsync();
        var refused = (await shop.PostAsync(path, body)).Error(400, "invalid_payload");
        Assert.Contains(".customer", refused.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, (await shop.GetAsync("/v1/customers")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_customer_named_by_an_id_that_nobody_has_is_not_made_with_it()
    {
        using var shop = await api.NewProjectAsync();
        await new Loyalty(shop).NewAsync();
        const string Nobody = "cust_000000000000000000000000";
        (await shop.PostAsync("/v1/publications", $$$"""{"campaign":"Friends","customer":{"id":"{{{Nobody}}}"}}""")).Error(404, "not_found");
        (await shop.PostAsync("/v1/loyalties/Friends/members", $$$"""{"customer":{"id":"{{{Nobody}}}"}}""")).Error(404, "not_found");
        (await shop.GetAsync($"/v1/customers/{Nobody}")).Error(404, "not_found");
    }

    private static async Task<string> PublishAsync(ProjectClient shop) =>
        (await shop.PostAsync("/v1/publications", """{"campaign":"Once","customer":{"source_id":"ann"}}""")).Ok().GetProperty("voucher").GetProperty("code").GetString()!;

    private static async Task<(int Points, int InProgram, string? Tier)> ProfileAsync(ProjectClient shop, string program)
    {
        var ann = (await shop.GetAsync("/v1/customers/ann")).Ok();
        Assert.Equal(ann.GetProperty("loyalty").GetProperty("points").GetInt32(), ann.GetProperty("summary").GetProperty("redemptions").GetProperty("loyalty_card").GetProperty("points_to_go").GetInt32());
        var known = ann.GetProperty("loyalty").GetProperty("campaigns").TryGetProperty(program, out var found) ? found : default;
        return (ann.GetProperty("loyalty").GetProperty("points").GetInt32(),
            known.ValueKind == JsonValueKind.Object ? known.GetProperty("points").GetInt32() : 0,
            known.ValueKind == JsonValueKind.Object && known.TryGetProperty("loyalty_tier", out var tier) ? tier.GetString() : null);
    }
}
