using Xunit;

namespace Marketing.ValidationRules;

/// <summary>A rule that is not understood is refused, with the place of everything that is wrong.</summary>
public sealed class RuleRefusalTests
{
    [Theory]
    [InlineData("""{"rules":{"1":{"name":"order.amout","conditions":{"$is":[1]}}}}""", "rules.1.name", "'order.amout' is not a rule; did you mean 'order.amount'?")]
    [InlineData("""{"rules":{"1":{"conditions":{"$is":[1]}}}}""", "rules.1.name", "is required; there are ")]
    [InlineData("""{"rules":{"1":5}}""", "rules.1", "must be an object with name and conditions.")]
    [InlineData("""{"rules":[]}""", "rules", "must be an object of numbered rules, with logic.")]
    [InlineData("""{"rules":{"1":{"name":"order.amount"}}}""", "rules.1.conditions", "needs at least one condition; 'order.amount' takes $is, ")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":[]}}}""", "rules.1.conditions", "must be an object of operators and their values.")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$starts_with":["1"]}}}}""", "rules.1.conditions.$starts_with", "is not an operator of 'order.amount'; it takes $is, $is_not, ")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":["much"]}}}}""", "rules.1.conditions.$is[0]", "must be a number.")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[]}}}}""", "rules.1.conditions.$is", "needs a value.")]
    [InlineData("""{"rules":{"1":{"name":"customer.segment","conditions":{"$more_than":[1]}}}}""", "rules.1.conditions.$more_than", "is not an operator of 'customer.segment'; it takes $is, $is_not, $in, $not_in.")]
    [InlineData("""{"rules":{"1":{"name":"order.metadata","conditions":{"$is":[1]}}}}""", "rules.1.property", "is required: Rule 'order.metadata' must have a 'property'.")]
    [InlineData("""{"rules":{"1":{"name":"order.metadata","property":"a..b","conditions":{"$is":[1]}}}}""", "rules.1.property", "must be KEY, or KEY.KEY")]
    [InlineData("""{"rules":{"1":{"name":"redemption.count.daily","conditions":{"$more_than":[1]}}}}""", "rules.1.conditions.$more_than", "is not an operator of 'redemption.count.daily'; it takes $is, $less_than, $less_than_or_equal.")]
    [InlineData("""{"rules":{"1":{"name":"redemption.count.daily","conditions":{"$less_than":[0]}}}}""", "rules.1.conditions.$less_than", "must be a whole number from 1 to ")]
    [InlineData("""{"rules":{"1":{"name":"redemption.count.daily","conditions":{"$is":[1.5]}}}}""", "rules.1.conditions.$is", "must be a whole number from 0 to ")]
    [InlineData("""{"rules":{"1":{"name":"order.items.any","conditions":{"$is":[{"object":"product"}]}}}}""", "rules.1.conditions.$is[0]", "must have an id or a source_id.")]
    [InlineData("""{"rules":{"1":{"name":"order.items.any","conditions":{"$is":[{"id":"x","object":"shelf"}]}}}}""", "rules.1.conditions.$is[0].object", "must be one of product, sku, products_collection.")]
    [InlineData("""{"rules":{"1":{"name":"order.items.any","conditions":{"$is":[7]}}}}""", "rules.1.conditions.$is[0]", "must be an id of 1 to 300 characters")]
    [InlineData("""{"rules":{"1":{"name":"order.items.any","rules":{"1":{"name":"x"}}}}}""", "rules.1.rules.1.name", "'x' is not a rule; ")]
    [InlineData("""{"rules":{"2":{"name":"order.amount","conditions":{"$is":[1]}}}}""", "rules", "must be numbered consecutively from 1; 1 is missing.")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"3":{"name":"order.amount","conditions":{"$is":[1]}}}}""", "rules", "must be numbered consecutively from 1; 2 is missing.")]
    [InlineData("""{"rules":{"first":{"name":"order.amount","conditions":{"$is":[1]}}}}""", "rules.first", "is not known here; rules are numbered from 1, beside them there is logic.")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"1 and 2"}}""", "rules.logic", "names rule 2, which is not there")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":7}}""", "rules.logic", "must be a text such as")]
    [InlineData("""{"rules":{"logic":"1"}}""", "rules.logic", "names rule 1, which is not there")]
    [InlineData("""{"error":"no"}""", "error", "must be an object with message.")]
    [InlineData("""{"error":{"message":7}}""", "error.message", "must be a text of at most 4000 characters.")]
    [InlineData("""{"applicable_to":[]}""", "applicable_to", "must be an object with included, excluded and included_all.")]
    [InlineData("""{"applicable_to":{"included":{}}}""", "applicable_to.included", "must be a list of at most 500 items.")]
    [InlineData("""{"applicable_to":{"included_all":"yes"}}""", "applicable_to.included_all", "must be true or false.")]
    [InlineData("""{"applicable_to":{"included":[{"object":"product","id":"p","effect":"APPLY"}]}}""", "applicable_to.included[0].effect", "must be one of APPLY_TO_EVERY, ")]
    [InlineData("""{"applicable_to":{"included":[{"object":"product","id":"p","quantity_limit":-1}]}}""", "applicable_to.included[0].quantity_limit", "must be a whole number from 0 to ")]
    [InlineData("""{"applicable_to":{"included":[{"object":"product","id":"p","product_customer_campaign_quantity_limit":1}]}}""", "applicable_to.included[0].product_customer_campaign_quantity_limit", "is not supported: ")]
    [InlineData("""{"applicable_to":{"excluded":["p"]}}""", "applicable_to.excluded[0]", "must be an object with id or source_id, and object.")]
    [InlineData("""{"bundle_rules":{"1":{"name":"order.items.every","conditions":{"$is":[{"id":"p","object":"product"}]}}}}""", "bundle_rules.1.name", "must be order.items.any.")]
    [InlineData("""{"bundle_rules":{"1":{"name":"order.items.any","conditions":{"$in":["p"]}}}}""", "bundle_rules.1.conditions", "must be {\"$is\":[…]} with one value.")]
    [InlineData("""{"bundle_rules":{"limit":0}}""", "bundle_rules.limit", "must be a whole number from 1 to 100.")]
    [InlineData("""{"bundle_rules":{"logic":"1 or 2"}}""", "bundle_rules.logic", "must not have 'or'")]
    public void The_place_is_named_and_what_would_be_right(string document, string field, string message)
    {
        var problem = Assert.Single(Judge.Problems(document));
        Assert.Equal(field, problem.Field);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var problems = Judge.Problems(
            """
            {"rules":{"1":{"name":"nonsense"},"2":{"name":"order.amount","conditions":{"$is":["x"],"$like":[1]}},
                      "3":{"name":"order.metadata","conditions":{"$is":[1]},"rules":{"1":{"name":"order.items.count","conditions":{"$in":[]}}}},"logic":"1 and"},
             "error":{"message":false},"applicable_to":{"included":[{"object":"product","id":"p","repeat":0}]},"bundle_rules":{"limit":500}}
            """);
        Assert.Equal(
            [
                "error.message", "rules.1.name", "rules.2.conditions.$is[0]", "rules.2.conditions.$like", "rules.3.property", "rules.3.rules.1.conditions.$in", "rules.logic",
                "bundle_rules.limit", "applicable_to.included[0].repeat",
            ],
            problems.Select(problem => problem.Field));
    }

    [Fact]
    public void Depth_and_number_are_bounded()
    {
        static string Nested(int levels) => levels == 0 ? "{}" : $$"""{"1":{"name":"order.items.any","conditions":{},"rules":{{Nested(levels - 1)}} } }""";
        Assert.True(Judge.Holds($$"""{"rules":{{Nested(5)}}}""", Judge.Ann));
        Assert.Equal("rules.1.rules.1.rules.1.rules.1.rules.1.rules", Assert.Single(Judge.Problems($$"""{"rules":{{Nested(6)}}}""")).Field);

        static string Many(int count) =>
            "{\"rules\":{" + string.Join(",", Enumerable.Range(1, count).Select(at => $"\"{at}\":" + """{"name":"order.amount","conditions":{"$is":[400]}}""")) + "}}";
        Assert.True(Judge.Holds(Many(100), Judge.Ann));
        Assert.Equal(("rules", "has 101 rules; 100 are allowed."), Assert.Single(Judge.Problems(Many(101))) is var problem ? (problem.Field, problem.Message) : default);
    }

    [Fact]
    public void The_products_own_example_is_taken()
    {
        var rule = Judge.Rule(
            """
            {"error":{"message":"Your order does not meet at least one of the required criteria."},
             "applicable_to":{"included_all":false,"excluded":[{"object":"product","id":"prod_0bae45ffc7003ffc52","source_id":"second_product","effect":"APPLY_TO_EVERY"}],
               "included":[{"object":"product","id":"prod_0b72b00ffed198e344","source_id":null,"effect":"APPLY_TO_MOST_EXPENSIVE","quantity_limit":1},
                           {"object":"products_collection","id":"pc_4ndRXAsTOzwSdHcQcxf489uU","source_id":null,"effect":"APPLY_TO_EVERY","quantity_limit":5}]},
             "rules":{"1":{"name":"order.metadata","property":"place","rules":{},"conditions":{"$is":["Santorini"]},"error":{"message":"Your order must be placed at one of our Santorini shops."}},
                      "2":{"name":"custom_event.metadata","property":"test","rules":{},"conditions":{"$greater_than_or_equal":[1]}},
                      "3":{"name":"order.items.every","rules":{"1":{"name":"order.items.metadata","property":"test","rules":{},"conditions":{"$greater_than_or_equal":[1]}}},
                           "conditions":{"$is":[{"id":"<PROD_ID>","effect":"APPLY_TO_EVERY","object":"product","source_id":"<SOURCE_ID>"}]}},"logic":"1 or 2"}}
            """);
        Assert.True(rule.Evaluate(Judge.Ann).Holds);
        Assert.Equal("Your order must be placed at one of our Santorini shops.", rule.Evaluate(Judge.Ann with { Order = Judge.Fruit with { Metadata = default } }).Message);
    }
}
