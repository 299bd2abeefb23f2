using System.Text.Json;
using Marketing.Api;
using Xunit;
using static Marketing.Qualifications.QualificationShop;

namespace Marketing.Qualifications;

[Collection(ApiTests.Name)]
public sealed class QualificationApiTests(ApiHost api)
{
    private static readonly string[] ForEverybody = ["EVERY 500", "code of Single 300", "drills 700", "everyone 1000"];

    [Fact]
    public async Task Each_scenario_answers_what_it_is_about()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        (await shop.PostAsync("/v1/promotions/Cart/stacks", $$$"""{"name":"both","tiers":{"ids":["{{{await TierIdAsync(shop, "everyone")}}}","{{{await TierIdAsync(shop, "books")}}}"]}}""")).Ok();
        (await shop.PostAsync("/v1/promotions/Cart/stacks", $$$"""{"name":"too much","tiers":{"ids":["{{{await TierIdAsync(shop, "everyone")}}}","{{{await TierIdAsync(shop, "large")}}}"]}}""")).Ok();

        async Task Is(string scenario, string[] expected, string? customer = John, string? order = Cart) =>
            Assert.Equal(expected.Order(StringComparer.Ordinal), (await AskAsync(shop, Of(scenario, customer: customer, order: order))).Order(StringComparer.Ordinal));

        await Is("ALL", [.. ForEverybody, "CARD 2500", "Drills 1000", "books 300", "code of Drills 1000"]);
        await Is("ALL", ForEverybody, customer: null);
        await Is("ALL", [.. ForEverybody, "Drills 1000"], customer: """{"source_id":"somebody"}""");
        await Is("ALL", [.. ForEverybody, "Drills 1000", "books 300"], customer: """{"source_id":"somebody","metadata":{"tier":"VIP"}}""");
        await Is("CUSTOMER_WALLET", ["CARD 2500", "code of Drills 1000"]);
        await Is("CUSTOMER_WALLET", [], customer: """{"source_id":"somebody"}""");
        await Is("AUDIENCE_ONLY", ["CARD", "Drills", "EVERY", "books", "code of Drills", "code of Single", "drills", "everyone", "large"]);
        await Is("AUDIENCE_ONLY", ["EVERY", "code of Single", "drills", "everyone", "large"], customer: null);
        await Is("PRODUCTS_DISCOUNT", ["Drills 1000", "books 300", "code of Drills 1000"]);
        await Is("PRODUCTS_DISCOUNT", [], order: """{"items":[{"source_id":"saw","price":10000}]}""");
        await Is("PRODUCTS_DISCOUNT_BY_CUSTOMER", ["Drills 1000", "books 300", "code of Drills 1000"]);
        await Is("PRODUCTS_DISCOUNT_BY_CUSTOMER", [], customer: null);
        await Is("PRODUCTS", ["Drills 1000", "books 300", "code of Drills 1000", "drills 700"]);
        await Is("PRODUCTS", ["drills 700"], customer: null);
        await Is("PRODUCTS_BY_CUSTOMER", ["Drills 1000", "books 300", "code of Drills 1000", "drills 700"]);
        await Is("PRODUCTS_BY_CUSTOMER", [], customer: null);
        await Is("PROMOTION_STACKS", ["both 1300"]);
        await Is("PROMOTION_STACKS", [], customer: null);
    }

    [Fact]
    public async Task An_answer_has_the_fields_of_the_product()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        var category = (await shop.PostAsync("/v1/categories", """{"name":"Seasonal","hierarchy":1}"""))["id"];
        var tier = await TierAsync(shop, "named", """{"type":"PERCENT","percent_off":50}""", rest: $$""","banner":"Half","metadata":{"a":1},"category_id":"{{category}}" """);
        var answer = (await shop.PostAsync("/v1/qualifications", Of("ALL", rest: ""","tracking_id":"visitor","mode":"BASIC","session":{"type":"LOCK"}"""))).Ok();
        Shape.Is(answer, "redeemables tracking_id order stacking_rules");
        Assert.Equal("visitor", answer.GetProperty("tracking_id").GetString());
        Assert.Equal((11_500, 11_500), (answer.GetProperty("order").GetProperty("amount").GetInt32(), answer.GetProperty("order").GetProperty("total_amount").GetInt32()));
        Assert.Equal(30, answer.GetProperty("stacking_rules").GetProperty("redeemables_limit").GetInt32());
        var found = Shape.List(answer.GetProperty("redeemables"), "data", "total has_more");
        Assert.Equal((9, false), (answer.GetProperty("redeemables").GetProperty("total").GetInt32(), answer.GetProperty("redeemables").GetProperty("has_more").GetBoolean()));

        var named = found.EnumerateArray().Single(one => one.GetProperty("id").GetString() == tier);
        Shape.Has(named, "id object created_at result order applicable_to inapplicable_to metadata categories banner name campaign_name campaign_id validation_rules_assignments");
        Assert.Equal(("promotion_tier", "Half", "named", "Cart"), (Text(named, "object"), Text(named, "banner"), Text(named, "name"), Text(named, "campaign_name")));
        Assert.Equal(("""{"a":1}""", category), (named.GetProperty("metadata").GetRawText(), Text(named.GetProperty("categories")[0], "id")));
        Assert.Equal(50, named.GetProperty("result").GetProperty("discount").GetProperty("percent_off").GetInt32());
        Assert.Equal((5_750, 5_750), (named.GetProperty("order").GetProperty("total_discount_amount").GetInt32(), named.GetProperty("order").GetProperty("total_amount").GetInt32()));

        var card = found.EnumerateArray().Single(one => one.GetProperty("id").GetString() == "CARD");
        Assert.Equal("""{"balance":2500,"credits":2500,"locked_credits":0}""", card.GetProperty("result").GetProperty("gift").GetRawText());
        var books = found.EnumerateArray().Single(one => one.TryGetProperty("name", out var name) && name.GetString() == "books");
        Assert.Equal(("book", 1), (Text(books.GetProperty("applicable_to").GetProperty("data")[0], "source_id"), books.GetProperty("applicable_to").GetProperty("data")[0].GetProperty("order_item_indices")[0].GetInt32()));
        Assert.Equal(Text(books, "id"), Text(books.GetProperty("validation_rules_assignments").GetProperty("data")[0], "related_object_id"));
        var campaign = found.EnumerateArray().Single(one => Text(one, "object") == "campaign");
        Assert.Equal(("Drills", Text(await CampaignAsync(shop), "id")), (Text(campaign, "name"), Text(campaign, "id")));
        Assert.False(campaign.TryGetProperty("campaign_id", out _));
    }

    [Fact]
    public async Task A_stack_shows_what_each_of_its_tiers_does()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        var ids = new[] { await TierIdAsync(shop, "everyone"), await TierIdAsync(shop, "books") };
        var stack = (await shop.PostAsync("/v1/promotions/Cart/stacks", $$$"""{"name":"both","tiers":{"ids":["{{{ids[0]}}}","{{{ids[1]}}}"]}}"""))["id"];
        var one = Assert.Single((await shop.PostAsync("/v1/qualifications", Of("PROMOTION_STACKS"))).Ok().GetProperty("redeemables").GetProperty("data").EnumerateArray());
        Assert.Equal((stack, "promotion_stack", "both", "Cart"), (Text(one, "id"), Text(one, "object"), Text(one, "name"), Text(one, "campaign_name")));
        Assert.Equal(10_200, one.GetProperty("order").GetProperty("total_amount").GetInt32());
        Assert.Equal(ids, Shape.Texts(one.GetProperty("redeemables"), "id"));
        Assert.Equal([1_000, 300], one.GetProperty("redeemables").EnumerateArray().Select(tier => tier.GetProperty("order").GetProperty("total_applied_discount_amount").GetInt32()));
    }

    [Fact]
    public async Task Nothing_is_written_or_reserved()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        var before = await StateAsync(shop);
        foreach (var scenario in new[] { "ALL", "CUSTOMER_WALLET", "AUDIENCE_ONLY" })
        {
            (await shop.PostAsync("/v1/qualifications", Of(scenario, customer: """{"source_id":"john","name":"Jack","metadata":{"tier":"none"}}""", rest: ""","session":{"type":"LOCK"}"""))).Ok();
            (await shop.PostAsync("/v1/qualifications", Of(scenario, customer: """{"source_id":"new"}""", order: """{"source_id":"o-1","amount":500}"""))).Ok();
        }

        Assert.Equal(before, await StateAsync(shop));
        (await shop.GetAsync("/v1/customers/new")).Error(404, "not_found");
        (await shop.GetAsync("/v1/orders/o-1")).Error(404, "not_found");
    }

    [Fact]
    public async Task What_is_used_up_disabled_or_over_its_limit_does_not_qualify()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        var once = await RuleAsync(shop, """{"rules":{"1":{"name":"redemption.count.per_customer","conditions":{"$less_than_or_equal":[1]}}}}""");
        var tier = await TierAsync(shop, "once", """{"type":"AMOUNT","amount_off":100}""", once);
        await TierAsync(shop, "later", """{"type":"AMOUNT","amount_off":100}""", rest: ""","start_date":"2090-01-01" """);
        var off = await TierAsync(shop, "off", """{"type":"AMOUNT","amount_off":100}""", rest: ""","active":false""");
        Assert.Contains("once 100", await AskAsync(shop, Of("ALL")));
        (await shop.PostAsync("/v1/redemptions", $$$"""{"redeemables":[{"object":"promotion_tier","id":"{{{tier}}}"},{"object":"voucher","id":"CARD"},{"object":"voucher","id":"EVERY"}],"customer":{{{John}}},"order":{"amount":99999}}""")).Ok();

        var left = await AskAsync(shop, Of("ALL"));
        Assert.Equal(["Drills 1000", "books 300", "code of Drills 1000", "code of Single 300", "drills 700", "everyone 1000"], left.Order(StringComparer.Ordinal));
        Assert.Contains("once 100", await AskAsync(shop, Of("ALL", customer: """{"source_id":"other"}""")));
        (await shop.PostAsync($"/v1/promotions/tiers/{off}/enable")).Ok();
        Assert.Contains("off 100", await AskAsync(shop, Of("ALL")));
        (await shop.PostAsync("/v1/campaigns/Drills/disable")).Ok();
        Assert.DoesNotContain(await AskAsync(shop, Of("ALL")), static one => one.Contains("Drills", StringComparison.Ordinal));
        (await shop.PostAsync("/v1/campaigns/Cart/disable")).Ok();
        Assert.Equal(["code of Single 300"], await AskAsync(shop, Of("ALL")));
    }

    [Fact]
    public async Task What_a_session_holds_does_not_qualify_until_its_time_is_over()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        async Task HoldAsync(string unit) => Assert.True((await shop.PostAsync(
            "/v1/validations",
            $$$"""{"redeemables":[{"object":"voucher","id":"CARD"},{"object":"voucher","id":"EVERY"}],"order":{"amount":2600},"session":{"type":"LOCK","key":"s","ttl":1,"ttl_unit":"{{{unit}}}"}}"""))
            .Ok().GetProperty("valid").GetBoolean());

        await HoldAsync("HOURS");
        var held = (await shop.PostAsync("/v1/qualifications", Of("CUSTOMER_WALLET", rest: ""","session":{"type":"LOCK"}"""))).Ok();
        Assert.Equal(["code of Drills 1000"], Named(held));
        Assert.DoesNotContain("EVERY 500", await AskAsync(shop, Of("ALL")));
        await HoldAsync("NANOSECONDS");
        Assert.Superset(new HashSet<string> { "CARD 2500", "EVERY 500" }, (await AskAsync(shop, Of("ALL"))).ToHashSet());
    }

    [Fact]
    public async Task Without_an_order_what_needs_none_qualifies()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        var answer = (await shop.PostAsync("/v1/qualifications", Of("ALL", order: null))).Ok();
        Assert.False(answer.TryGetProperty("order", out _));
        Assert.Equal(["CARD", "Drills", "EVERY", "books", "code of Drills", "code of Single", "everyone"], Named(answer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_browser_knows_a_customer_by_the_ids_and_sees_no_profile()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        using var browser = shop.ClientSide();
        Assert.Equal(await AskAsync(shop, Of("ALL")), await AskAsync(browser, Of("ALL", customer: """{"source_id":"john","name":"Jack","metadata":{"tier":"none"}}"""), "/client/v1/qualifications"));
        var somebody = await browser.PostAsync("/client/v1/qualifications", Of("ALL", customer: """{"source_id":"somebody","metadata":{"tier":"VIP"}}"""));
        Assert.DoesNotContain("books 300", Named(somebody.Ok()));
        Assert.DoesNotContain("John", (await browser.PostAsync("/client/v1/qualifications", Of("ALL"))).Text, StringComparison.Ordinal);
        (await shop.PostAsync("/v1/orders", """{"source_id":"known","amount":100}""")).Ok();
        (await browser.PostAsync("/client/v1/qualifications", Of("ALL", order: """{"source_id":"known","amount":1}"""))).Error(400, "invalid_payload");
    }

    [Fact]
    public async Task A_browser_lists_tiers_without_what_they_brought_in()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        await TierAsync(shop, "off", """{"type":"AMOUNT","amount_off":100}""", rest: ""","active":false""");
        using var browser = shop.ClientSide();
        var all = Shape.List((await browser.GetAsync("/client/v1/promotions/tiers?order=created_at&limit=10")).Ok(), "tiers", "total has_more");
        Assert.Equal(["everyone", "books", "drills", "large", "off"], Shape.Texts(all, "name"));
        Assert.All(all.EnumerateArray(), static tier => Assert.False(tier.TryGetProperty("summary", out _)));
        Assert.Equal(4, (await browser.GetAsync("/client/v1/promotions/tiers?is_available=true")).Ok().GetProperty("total").GetInt32());
        Assert.Equal(["drills"], Shape.Texts((await browser.GetAsync("/client/v1/promotions/tiers?order=-created_at&limit=1&page=3")).Ok().GetProperty("tiers"), "name"));
        (await browser.GetAsync("/client/v1/promotions/tiers?is_available=maybe")).Error(400, "invalid_query_params");
    }

    private static async Task<string> StateAsync(ProjectClient shop)
    {
        var state = new List<string>();
        foreach (var path in new[] { "customers", "orders", "redemptions", "vouchers?limit=100", "promotions/tiers?limit=100", "campaigns", "publications", "vouchers/CARD/transactions", "customers/john/activity?limit=100" })
        {
            state.Add((await shop.GetAsync($"/v1/{path}")).Text);
        }

        return string.Join('\n', state);
    }

    private static async Task<string> TierIdAsync(ProjectClient shop, string name) =>
        Text((await shop.GetAsync("/v1/promotions/Cart/tiers")).Ok().GetProperty("tiers").EnumerateArray().Single(tier => Text(tier, "name") == name), "id");

    private static async Task<JsonElement> CampaignAsync(ProjectClient shop) => (await shop.GetAsync("/v1/campaigns/Drills")).Ok();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
