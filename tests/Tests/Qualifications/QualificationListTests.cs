using System.Text.Json;
using Marketing.Api;
using Xunit;
using static Marketing.Qualifications.QualificationShop;

namespace Marketing.Qualifications;

/// <summary>Order, pages and filters of what qualifies.</summary>
[Collection(ApiTests.Name)]
public sealed class QualificationListTests(ApiHost api)
{
    [Fact]
    public async Task They_are_sorted_by_their_age_or_by_what_they_take_off()
    {
        using var shop = await api.NewProjectAsync();
        await ManyAsync(shop, 4);
        Assert.Equal(["t4 400", "t3 300", "t2 200", "t1 100"], await AskAsync(shop, Of("ALL")));
        Assert.Equal(["t4 400", "t3 300", "t2 200", "t1 100"], await AskAsync(shop, Of("ALL", """ "limit":50,"sorting_rule":"DEFAULT" """)));
        await TierAsync(shop, "most", """{"type":"AMOUNT","amount_off":900}""", campaign: "Many");
        await TierAsync(shop, "least", """{"type":"AMOUNT","amount_off":50}""", campaign: "Many");
        Assert.Equal(["most 900", "t4 400", "t3 300", "t2 200", "t1 100", "least 50"], await AskAsync(shop, Of("ALL", """ "limit":50,"sorting_rule":"BEST_DEAL" """)));
        Assert.Equal(["least 50", "t1 100", "t2 200", "t3 300", "t4 400", "most 900"], await AskAsync(shop, Of("ALL", """ "limit":50,"sorting_rule":"LEAST_DEAL" """)));
    }

    [Theory]
    [InlineData("DEFAULT")]
    [InlineData("BEST_DEAL")]
    [InlineData("LEAST_DEAL")]
    public async Task Pages_have_each_once_also_of_those_that_were_made_together(string order)
    {
        using var shop = await api.NewProjectAsync();
        await ManyAsync(shop, 12);
        var options = $"\"sorting_rule\":\"{order}\"";
        var (seen, after, pages) = (new List<string>(), "", 0);
        while (after is not null)
        {
            var answer = (await shop.PostAsync("/v1/qualifications", Of("ALL", $"{options}{after}"))).Ok();
            seen.AddRange(Named(answer));
            var list = answer.GetProperty("redeemables");
            Assert.Equal(list.GetProperty("has_more").GetBoolean(), list.TryGetProperty("more_starting_after", out var next));
            after = next.ValueKind == JsonValueKind.String ? $",\"starting_after\":\"{next.GetString()}\"" : null;
            Assert.True(++pages <= 3);
        }

        Assert.Equal(3, pages);
        Assert.Equal(await AskAsync(shop, Of("ALL", $"{options},\"limit\":50")), seen);
        Assert.Equal(12, seen.Distinct().Count());
    }

    [Fact]
    public async Task What_was_made_before_an_instant_is_found_by_it()
    {
        using var shop = await api.NewProjectAsync();
        await ManyAsync(shop, 2);
        var newest = await TierAsync(shop, "new", """{"type":"AMOUNT","amount_off":1}""", campaign: "Many");
        var instant = (await shop.GetAsync($"/v1/promotions/tiers/{newest}"))["created_at"];
        Assert.Equal(["t2 200", "t1 100"], await AskAsync(shop, Of("ALL", $"\"starting_after\":\"{instant}\"")));
        Assert.Empty(await AskAsync(shop, Of("ALL", "\"starting_after\":\"2000-01-01\"")));
    }

    [Fact]
    public async Task However_many_tiers_there_are_all_are_reached()
    {
        using var shop = await api.NewProjectAsync();

        // The 300 newest are for nobody here, so that a request ends before it has found anything.
        var never = await RuleAsync(shop, """{"rules":{"1":{"name":"order.amount","conditions":{"$less_than":[0]}}}}""");
        await ManyAsync(shop, 1);
        for (var at = 0; at < 4; at++)
        {
            var tiers = string.Join(',', Enumerable.Range(0, 80).Select(tier => $$$"""{"name":"n{{{tier}}}","action":{"discount":{"type":"AMOUNT","amount_off":1}},"validation_rules":["{{{never}}}"]}"""));
            (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"Never {{{at}}}","campaign_type":"PROMOTION","promotion":{"tiers":[{{{tiers}}}]}}""")).Ok();
        }

        var first = (await shop.PostAsync("/v1/qualifications", Of("ALL"))).Ok().GetProperty("redeemables");
        Assert.Equal((0, true), (first.GetProperty("total").GetInt32(), first.GetProperty("has_more").GetBoolean()));
        Assert.Equal(["t1 100"], await AskAsync(shop, Of("ALL", $"\"starting_after\":\"{first.GetProperty("more_starting_after").GetString()}\"")));
    }

    [Fact]
    public async Task Filters_keep_what_meets_them()
    {
        using var shop = await api.NewProjectAsync();
        await FillAsync(shop);
        var category = (await shop.PostAsync("/v1/categories", """{"name":"Seasonal","hierarchy":1}"""))["id"];
        var tier = await TierAsync(shop, "sorted", """{"type":"AMOUNT","amount_off":1}""", rest: $$""","category_id":"{{category}}" """);
        var campaign = (await shop.GetAsync("/v1/campaigns/Drills"))["id"];
        var voucher = (await shop.GetAsync("/v1/vouchers/EVERY"))["id"];

        async Task Is(string filters, params string[] expected) => Assert.Equal(
            expected.Order(StringComparer.Ordinal), (await AskAsync(shop, Of("ALL", $$""" "limit":50,"filters":{{{filters}}} """))).Order(StringComparer.Ordinal));

        await Is($$$""" "category_id":{"conditions":{"$is":["{{{category}}}"]}} """, "sorted 1");
        await Is($$$""" "campaign_id":{"conditions":{"$in":["{{{campaign}}}"]}} """, "Drills 1000", "code of Drills 1000");
        await Is(""" "campaign_type":{"conditions":{"$is":["PROMOTION"]}} """, "everyone 1000", "books 300", "drills 700", "sorted 1");
        await Is(""" "campaign_type":{"conditions":{"$is_unknown":true}} """, "EVERY 500", "CARD 2500");
        await Is(""" "resource_type":{"conditions":{"$is":["campaign"]}} """, "Drills 1000");
        await Is(""" "resource_type":{"conditions":{"$not_in":["promotion_tier","campaign"]}} """, "EVERY 500", "CARD 2500", "code of Drills 1000", "code of Single 300");
        await Is($$$""" "resource_id":{"conditions":{"$in":["{{{voucher}}}","{{{tier}}}"]}} """, "EVERY 500", "sorted 1");
        await Is(""" "voucher_type":{"conditions":{"$is":["GIFT_VOUCHER"]}} """, "CARD 2500");
        await Is(""" "code":{"conditions":{"$is":["EVERY"]}} """, "EVERY 500");
        await Is(""" "holder_role":{"conditions":{"$is":["OWNER"]}} """, "CARD 2500", "code of Drills 1000");
        await Is(""" "junction":"or","code":{"conditions":{"$is":["EVERY"]}},"holder_role":{"conditions":{"$in":["OWNER"]}} """, "EVERY 500", "CARD 2500", "code of Drills 1000");
        await Is(""" "junction":"or" """, [.. await AskAsync(shop, Of("ALL"))]);
        await Is(""" "junction":"and","code":{"conditions":{"$is":["EVERY"]}},"holder_role":{"conditions":{"$in":["OWNER"]}} """);
    }

    [Theory]
    [InlineData("""{"scenario":"SOME"}""", "Payload property '.scenario' must be equal to one of the allowed values: ALL, ")]
    [InlineData("""{"scenario":1}""", "Payload property '.scenario' must be string")]
    [InlineData("""{"mode":"FAST"}""", "Payload property '.mode' must be equal to one of the allowed values: BASIC, ADVANCED")]
    [InlineData("""{"options":{"limit":51}}""", "Payload property '.options.limit' must be <= 50")]
    [InlineData("""{"options":{"limit":0}}""", "Payload property '.options.limit' must be >= 1")]
    [InlineData("""{"options":{"limit":"5"}}""", "Payload property '.options.limit' must be integer")]
    [InlineData("""{"options":{"starting_after":"yesterday"}}""", "Payload property '.options.starting_after' must be an ISO 8601 date or datetime")]
    [InlineData("""{"options":{"sorting_rule":"BEST"}}""", "Payload property '.options.sorting_rule' must be equal to one of the allowed values: BEST_DEAL, LEAST_DEAL, DEFAULT")]
    [InlineData("""{"options":{"expand":["redeemable","all"]}}""", "Payload property '.options.expand[1]' must be equal to one of the allowed values: redeemable, category, validation_rules")]
    [InlineData("""{"options":{"filters":[]}}""", "Payload property '.options.filters' must be object")]
    [InlineData("""{"options":{"filters":{"colour":{"conditions":{"$is":["red"]}}}}}""", "Payload property '.options.filters.colour' ")]
    [InlineData("""{"options":{"filters":{"code":{"conditions":{"$like":["red"]}}}}}""", "Payload property '.options.filters.code.conditions.$like' ")]
    [InlineData("""{"session":{"type":"OPEN"}}""", "Payload property '.session.type' must be equal to one of the allowed values: LOCK")]
    [InlineData("""{"order":{"amount":-1}}""", "Payload property '.order.amount' must be >= 0")]
    [InlineData("""{"customer":"john"}""", "Payload property '.customer' must be object")]
    [InlineData("""{"metadata":3}""", "Payload property '.metadata' must be object")]
    public async Task What_is_wrong_is_named(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.StartsWith(details, (await shop.PostAsync("/v1/qualifications", body)).Error(400, "invalid_payload").GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    // In one commit, so in one instant.
    private static async Task ManyAsync(ProjectClient shop, int count)
    {
        var tiers = string.Join(',', Enumerable.Range(1, count).Select(at => $$$$"""{"name":"t{{{{at}}}}","action":{"discount":{"type":"AMOUNT","amount_off":{{{{at * 100}}}}}}}"""));
        (await shop.PostAsync("/v1/campaigns", $$$"""{"name":"Many","campaign_type":"PROMOTION","promotion":{"tiers":[{{{tiers}}}]}}""")).Ok();
    }
}
