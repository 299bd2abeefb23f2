using Marketing.Api;
using Xunit;

namespace Marketing.Loyalties;

[Collection(ApiTests.Name)]
public sealed class EarningApiTests(ApiHost api)
{
    [Fact]
    public async Task A_rule_has_the_fields_of_the_product()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync();
        var rules = (await shop.PostAsync($"/v1/loyalties/{program}/earning-rules", LoyaltyExamples.Rules)).Ok();
        Shape.Has(rules[0], "id created_at updated_at validation_rule_id loyalty event source active pending_points metadata object");
        Assert.Equal(("campaign", program), (rules[0].GetProperty("source").GetProperty("object_type").GetString(), rules[0].GetProperty("source").GetProperty("object_id").GetString()));
        var path = $"/v1/loyalties/{program}/earning-rules/{rules[0].GetProperty("id").GetString()}";
        Assert.Equal(rules[0].GetRawText(), (await shop.GetAsync(path)).Ok().GetRawText());
        var changed = (await shop.PutAsync(path, LoyaltyExamples.RuleChange)).Ok();
        Assert.False(changed.TryGetProperty("pending_points", out _));
        Assert.Equal(changed.GetRawText(), (await shop.PutAsync(path, LoyaltyExamples.RuleChange)).Ok().GetRawText());
        Assert.False((await shop.PostAsync($"{path}/disable")).Ok().GetProperty("active").GetBoolean());
        Assert.True((await shop.PostAsync($"{path}/enable")).Ok().GetProperty("active").GetBoolean());
        Assert.Equal(1, (await shop.GetAsync($"/v1/loyalties/{program}/earning-rules")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(204, (await shop.DeleteAsync(path)).Status);
        (await shop.GetAsync(path)).Error(404, "not_found");
        (await shop.DeleteAsync(path)).Error(404, "not_found");
    }

    [Theory]
    [InlineData("""{"loyalty":{"type":"FIXED","points":1}}""", "event")]
    [InlineData("""{"event":"viewed"}""", "loyalty")]
    [InlineData("""{"event":"viewed","loyalty":{"type":"FIXED"}}""", "[0].loyalty.points")]
    [InlineData("""{"event":"viewed","loyalty":{"type":"FIXED","points":1},"pending_points":{"period_type":"DAY","period_value":3}}""", "[0].pending_points")]
    [InlineData("""{"event":"order.paid","loyalty":{"type":"FIXED","points":1},"pending_points":{"period_type":"DAY","period_value":91}}""", "[0].pending_points.period_value")]
    [InlineData("""{"event":"viewed","loyalty":{"type":"FIXED","points":1},"validation_rule_id":"val_1"}""", "[0].validation_rule_id")]
    [InlineData("""{"event":"customer.segment.entered","loyalty":{"type":"FIXED","points":1}}""", "[0].segment.id")]
    [InlineData("""{"event":"customer.loyalty.tier.joined","loyalty":{"type":"FIXED","points":1},"loyalty_tier":{"id":"ltr_1"}}""", "[0].loyalty_tier.id")]
    [InlineData("""{"event":"viewed","loyalty":{"type":"FIXED","points":1},"expiration_rules":{"period_type":"DAY"}}""", "[0].expiration_rules.period_type")]
    public async Task What_is_wrong_with_a_rule_is_named(string rule, string field)
    {
        using var shop = await api.NewProjectAsync();
        await new Loyalty(shop).NewAsync();
        Assert.Contains(field, (await shop.PostAsync("/v1/loyalties/Friends/earning-rules", $"[{rule}]")).Error(400, "invalid_payload").GetProperty("details").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_earn_by_orders_events_and_segments_and_others_do_not()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var vip = (await shop.PostAsync("/v1/validation-rules", """{"name":"Large","rules":{"1":{"name":"order.amount","conditions":{"$more_than_or_equal":[5000]}},"logic":"1"}}"""))["id"];
        var regulars = (await shop.PostAsync("/v1/segments", """{"name":"Regulars","type":"auto-update","filter":{"junction":"and","loyalty.points":{"conditions":{"$more_than":[100]}}}}"""))["id"];
        await loyalty.RuleAsync("""{"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1}}},"source":{"banner":"A point a euro"}}""");
        await loyalty.RuleAsync($$$"""{"event":"order.paid","loyalty":{"type":"FIXED","points":10},"validation_rule_id":"{{{vip}}}"}""");
        await loyalty.RuleAsync("""{"event":"viewed","loyalty":{"type":"PROPORTIONAL","calculation_type":"CUSTOM_EVENT_METADATA","custom_event":{"metadata":{"every":1,"points":2,"property":"pages"}}}}""");
        await loyalty.RuleAsync($$$"""{"event":"customer.segment.entered","segment":{"id":"{{{regulars}}}"},"loyalty":{"type":"FIXED","points":1000}}""");
        var card = await loyalty.JoinAsync("ann");
        await loyalty.PayAsync("ann", "o-1", 4_999);
        Assert.Equal(49, await loyalty.BalanceAsync(card));
        await loyalty.PayAsync("ann", "o-2", 5_000);

        // 49 + 50 + 10 are more than 100: who gets there is a regular, in the same breath.
        Assert.Equal(1_109, await loyalty.BalanceAsync(card));
        (await shop.PostAsync("/v1/events", """{"event":"viewed","customer":{"source_id":"ann"},"metadata":{"pages":3}}""", ("Idempotency-Key", "once"))).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"viewed","customer":{"source_id":"ann"},"metadata":{"pages":3}}""", ("Idempotency-Key", "once"))).Ok();
        Assert.Equal(1_115, await loyalty.BalanceAsync(card));
        Assert.Equal(["POINTS_ACCRUAL"], (await loyalty.LedgerAsync(card)).Select(static entry => entry.Type).Distinct());
        var first = (await shop.GetAsync($"/v1/loyalties/members/{card}/transactions?limit=100")).Ok().GetProperty("data").EnumerateArray().Last().GetProperty("details");
        Assert.Equal(("o-1", "A point a euro"), (first.GetProperty("order").GetProperty("source_id").GetString(), first.GetProperty("earning_rule").GetProperty("source").GetProperty("banner").GetString()));

        // Somebody without a card.
        await loyalty.PayAsync("ben", "o-3", 10_000);
        Assert.Equal(0, (await shop.GetAsync("/v1/customers/ben")).Ok().GetProperty("loyalty").GetProperty("points").GetInt32());
        Assert.Equal(1, (await shop.GetAsync("/v1/loyalties/Friends/members")).Ok().GetProperty("total").GetInt32());

        // What an order would earn is told before.
        var estimate = (await shop.PostAsync("/v1/loyalties/Friends/qualifications", """{"customer":{"source_id":"ann"},"order":{"amount":6000}}""")).Ok();
        Assert.Equal(70, estimate.GetProperty("points_estimation").GetInt32());

        // While the programme is disabled nobody earns.
        (await shop.PostAsync("/v1/campaigns/Friends/disable")).Ok();
        await loyalty.PayAsync("ann", "o-4", 10_000);
        Assert.Equal(1_115, await loyalty.BalanceAsync(card));
    }

    [Fact]
    public async Task Whoever_earns_joins_a_programme_that_is_joined_so()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync(Loyalty.Program(more: ""","auto_join":true""").Replace("\"points\":0", "\"points\":5", StringComparison.Ordinal));
        await loyalty.RuleAsync("""{"event":"order.paid","loyalty":{"type":"FIXED","points":10}}""");
        await loyalty.PayAsync("ann", "o-1", 100);
        await loyalty.PayAsync("ann", "o-2", 100);
        var members = (await shop.GetAsync("/v1/loyalties/Friends/members")).Ok().GetProperty("vouchers");
        Assert.Equal(25, members[0].GetProperty("loyalty_card").GetProperty("balance").GetInt32());
        Assert.Equal(1, members.GetArrayLength());
        Assert.Equal(1, (await shop.GetAsync("/v1/publications?campaign=Friends")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(1, (await shop.GetAsync("/v1/campaigns/Friends")).Ok().GetProperty("vouchers_count").GetInt32());

        // Who has joined so has joined.
        Assert.Equal(members[0].GetProperty("code").GetString(), await loyalty.JoinAsync("ann"));
    }

    [Fact]
    public async Task An_order_that_many_pay_at_once_is_rewarded_once()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        await loyalty.RuleAsync("""{"event":"order.paid","loyalty":{"type":"FIXED","points":10}}""");
        var card = await loyalty.JoinAsync("ann");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => shop.PostAsync("/v1/orders", """{"source_id":"o-1","status":"PAID","amount":100,"customer":{"source_id":"ann"}}""")));
        Assert.Equal(10, await loyalty.BalanceAsync(card));
    }

    [Fact]
    public async Task Rules_of_tiers_that_reward_each_other_come_to_an_end()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        await loyalty.TiersAsync($"[{string.Join(',', Enumerable.Range(1, 20).Select(static tier => $$$"""{"name":"T{{{tier}}}","points":{"from":{{{tier * 10}}}}}"""))}]");
        await loyalty.RuleAsync("""{"event":"customer.loyalty.tier.joined","loyalty":{"type":"FIXED","points":10}}""");
        await loyalty.RuleAsync("""{"event":"customer.loyalty.tier.upgraded","loyalty":{"type":"FIXED","points":10}}""");
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 10)).Ok();
        Assert.Equal(("T20", 210), (await loyalty.TierAsync(card), await loyalty.BalanceAsync(card)));
    }
}
