using Xunit;

namespace Marketing.ValidationRules;

/// <summary>What is said when a rule does not hold.</summary>
public sealed class RuleVerdictTests
{
    private const string Large = """{"name":"order.amount","conditions":{"$more_than":[1000]},"error":{"message":"too small"}}""";
    private const string Small = """{"name":"order.amount","conditions":{"$less_than":[100]}}""";
    private const string Fine = """{"name":"order.amount","conditions":{"$is":[400]},"error":{"message":"never said"}}""";

    [Theory]
    [InlineData(Large, Small, "1 and 2", "top", "too small")]
    [InlineData(Small, Large, "1 and 2", "top", "top")]
    [InlineData(Small, Large, "2 and 1", "top", "top")]
    [InlineData(Fine, Small, "1 and 2", "top", "top")]
    [InlineData(Fine, Large, "1 and 2", "top", "too small")]
    [InlineData(Small, Fine, "1 and 2", null, null)]
    [InlineData(Small, Large, "1 or 2", "top", "top")]
    [InlineData(Large, Small, "1 or 2", "top", "too small")]
    [InlineData(Small, Large, "2", "top", "too small")]
    public void The_first_that_fails_says_it_or_else_the_whole(string first, string second, string logic, string? top, string? message)
    {
        var error = top is null ? "" : $$""","error":{"message":"{{top}}"}""";
        var verdict = Judge.Rule($$$"""{"rules":{"1":{{{first}}},"2":{{{second}}},"logic":"{{{logic}}}"}{{{error}}}}""").Evaluate(Judge.Ann);
        Assert.False(verdict.Holds);
        Assert.Equal(message, verdict.Message);
    }

    [Fact]
    public void Within_another_the_innermost_message_counts()
    {
        static RuleVerdict Of(string inner, string outer) => Judge.Rule(
            $$$"""{"rules":{"1":{"name":"order.items.any","conditions":{"$is":["prod_pear"]},"error":{{{outer}}},"rules":{"1":{"name":"order.items.quantity","conditions":{"$more_than":[2]},"error":{{{inner}}} } } } },"error":{"message":"top"} }""")
            .Evaluate(Judge.Ann);
        Assert.Equal("inner", Of("""{"message":"inner"}""", """{"message":"outer"}""").Message);
        Assert.Equal("outer", Of("null", """{"message":"outer"}""").Message);
        Assert.Equal("top", Of("null", "null").Message);
        Assert.Equal(("1.1", "order.items.quantity", RuleArea.Order), Of("null", "null").Failure is { } failure ? (failure.Number, failure.Name, failure.Area) : default);
    }

    [Theory]
    [InlineData("customer.segment", """{"$is_not":["seg_1"]}""", null, "Customer")]
    [InlineData("customer.metadata", """{"$is_not":["x"]}""", "a", "Customer")]
    [InlineData("customer.loyalty_tier", """{"$is_not":["x"]}""", null, "Customer")]
    [InlineData("order.amount", """{"$less_than":[1]}""", null, "Order")]
    [InlineData("order.metadata", """{"$is_not":["x"]}""", "a", "Order")]
    [InlineData("order.items.none", """{"$is":["prod_1"]}""", null, "Order")]
    [InlineData("product.metadata", """{"$is_not":["x"]}""", "a", "Order")]
    [InlineData("redemption.count.per_customer", """{"$less_than_or_equal":[1]}""", null, "Customer")]
    [InlineData("campaign.redemptions.customers_count", """{"$less_than_or_equal":[1]}""", null, "Customer")]
    [InlineData("redemption.count.per_api_key", """{"$less_than_or_equal":[1]}""", null, "ApiKey")]
    [InlineData("redemption.count.per_user", """{"$less_than_or_equal":[1]}""", null, "User")]
    public void Who_says_too_little_is_kept_out_and_told_what_is_missing(string name, string conditions, string? property, string lack)
    {
        var verdict = Judge.Rule(Judge.One(name, conditions, property)).Evaluate(Judge.Anybody);
        Assert.False(verdict.Holds);
        Assert.Equal(lack, verdict.Failure!.Lack.ToString());
    }

    [Theory]
    [InlineData("[true]", true, true)]
    [InlineData("[true]", false, false)]
    [InlineData("[\"true\"]", false, false)]
    [InlineData("[false]", false, true)]
    public void A_code_may_be_for_its_holder_only(string wanted, bool isHolder, bool holds) =>
        Assert.Equal(holds, Judge.Holds("publication.redeemable_by_linked_customer", $$"""{"$is":{{wanted}}}""", Judge.Ann with { IsHolder = isHolder }));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"rules":{}}""")]
    [InlineData("""{"rules":{"logic":""}}""")]
    [InlineData("""{"rules":null,"error":null,"bundle_rules":null,"applicable_to":null}""")]
    public void A_rule_of_nothing_holds_for_everybody(string document) => Assert.Same(RuleVerdict.Held, Judge.Rule(document).Evaluate(Judge.Anybody));

    [Fact]
    public void What_the_logic_does_not_name_does_not_count()
    {
        var rule = Judge.Rule(
            """
            {"rules":{"1":{"name":"order.amount","conditions":{"$is":[400]}},
                      "2":{"name":"redemption.count.daily","conditions":{"$less_than_or_equal":[0]}},
                      "3":{"name":"customer.segment","conditions":{"$is":["seg_other"]}},"logic":"1"}}
            """);
        Assert.Same(RuleVerdict.Held, rule.Evaluate(Judge.Ann));
        Assert.Empty(rule.Limits);
        Assert.Empty(rule.Segments);
    }

    [Fact]
    public void Without_logic_all_must_hold()
    {
        const string Both = """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[400]}},"2":{"name":"customer.segment","conditions":{"$is":["seg_vip"]}}}}""";
        Assert.True(Judge.Holds(Both, Judge.Ann));
        Assert.False(Judge.Holds(Both.Replace("400", "401", StringComparison.Ordinal), Judge.Ann));
        Assert.False(Judge.Holds(Both.Replace("seg_vip", "seg_new", StringComparison.Ordinal), Judge.Ann));
        Assert.Equal(["seg_vip"], Judge.Rule(Both).Segments);
    }

    [Fact]
    public void The_total_moves_with_the_stack_and_the_initial_amount_does_not()
    {
        var stacked = Judge.Ann with
        {
            Order = Judge.Fruit with { Amount = 10_500, InitialAmount = 9_000, DiscountAmount = 500 },
            Discounted = Judge.Fruit with { Amount = 10_500, InitialAmount = 9_000, DiscountAmount = 1_500 },
        };
        Assert.True(Judge.Holds("order.amount", """{"$is":[10000]}""", stacked));
        Assert.True(Judge.Holds("order.initial_amount", """{"$is":[9000]}""", stacked));
        Assert.True(Judge.Holds("order.total_amount", """{"$is":[9000]}""", stacked));
        Assert.True(Judge.Holds("order.total_amount", """{"$is":[10000]}""", stacked with { Discounted = null }));
    }

    [Fact]
    public void An_order_or_an_event_of_a_distribution_is_asked_like_any_other()
    {
        var paid = new RuleSubject { Now = Judge.Noon, Customer = Judge.Ann.Customer, Order = Judge.Fruit };
        Assert.True(Judge.Holds("order.items.any", """{"$is":["prod_pear"]}""", paid));
        var viewed = new RuleSubject { Now = Judge.Noon, EventMetadata = Judge.Json("""{"page":{"name":"sale"}}""") };
        Assert.True(Judge.Holds("custom_event.metadata", """{"$is":["sale"]}""", viewed, "page.name"));
        Assert.False(Judge.Holds("custom_event.metadata", """{"$is":["sale"]}""", paid, "page.name"));
    }

    [Fact]
    public void One_compiled_rule_serves_many_threads()
    {
        var rule = Judge.Rule(Judge.One("redemption.metadata", """{"$is":["Oia"]}""", "shop"));
        var other = Judge.Ann with { Metadata = Judge.Json("""{"shop":"Fira"}""") };
        Parallel.For(0, 5_000, at => Assert.Equal(at % 2 == 0, rule.Evaluate(at % 2 == 0 ? Judge.Ann : other).Holds));
    }
}
