using System.Text;
using System.Text.Json;
using Xunit;

namespace Marketing.Discounts;

public sealed class StackingRulesTests
{
    private const string Defaults =
        """
        {"redeemables_limit":30,"applicable_redeemables_limit":5,"applicable_redeemables_per_category_limit":1,"applicable_redeemables_category_limits":{},"applicable_exclusive_redeemables_limit":1,"applicable_exclusive_redeemables_per_category_limit":1,"exclusive_categories":[],"joint_categories":[],"discount_calculation_mode":"DISCOUNTED_AMOUNT","initial_amount_mode_categories":[],"discounted_amount_mode_categories":[],"redeemables_application_mode":"ALL","redeemables_sorting_rule":"REQUESTED_ORDER","redeemables_products_application_mode":"STACK","redeemables_no_effect_rule":"REDEEM_ANYWAY","no_effect_skip_categories":[],"no_effect_redeem_anyway_categories":[],"redeemables_rollback_order_mode":"WITH_ORDER","grouped_redeemables_sorting_rule":"JOINT_ALWAYS_LAST"}
        """;

    // Of management.json, its example of stacking rules.
    private const string Example =
        """
        {"redeemables_limit":25,"applicable_redeemables_limit":10,"applicable_redeemables_per_category_limit":2,"applicable_redeemables_category_limits":{"cat_0d75bdfe4c9030a732":1,"cat_0d7c4d183011d043cc":2},"applicable_exclusive_redeemables_limit":2,"applicable_exclusive_redeemables_per_category_limit":2,"exclusive_categories":["cat_0d75bdfe4c9030a732","cat_0f2ba1284b565c235c"],"joint_categories":["cat_0d507a4d6e8a1b7b97","cat_0d74559c3e9030da13"],"discount_calculation_mode":"DISCOUNTED_AMOUNT","initial_amount_mode_categories":["cat_0d507a4d6e8a1b7b97"],"discounted_amount_mode_categories":["cat_0d7455f93c1030da4a"],"redeemables_application_mode":"PARTIAL","redeemables_sorting_rule":"CATEGORY_HIERARCHY","redeemables_products_application_mode":"ONCE","redeemables_no_effect_rule":"SKIP","no_effect_skip_categories":[],"no_effect_redeem_anyway_categories":[],"redeemables_rollback_order_mode":"WITHOUT_ORDER","grouped_redeemables_sorting_rule":"SORTING_RULE"}
        """;

    [Theory]
    [InlineData("{}", Defaults)]
    [InlineData(Defaults, Defaults)]
    [InlineData(Example, Example)]
    public void Rules_are_written_with_everything_that_was_not_said(string json, string written) => Assert.Equal(written, Write(Read(json)));

    [Fact]
    public void A_limit_of_categories_may_be_none()
    {
        var rules = Read("""{"applicable_redeemables_per_category_limit":null,"applicable_exclusive_redeemables_per_category_limit":null}""");
        Assert.Equal((null, null), (rules.PerCategoryLimit, rules.ExclusivePerCategoryLimit));
        Assert.Equal(Write(rules), Write(Read(Write(rules))));
    }

    [Fact]
    public void A_default_gives_way_to_what_is_said() => Assert.Equal(3, Read("""{"redeemables_limit":3}""").ApplicableLimit);

    [Theory]
    [InlineData("[]", "", "must be an object")]
    [InlineData("""{"redeemables_limit":31}""", "redeemables_limit", "must be a whole number from 1 to 30")]
    [InlineData("""{"redeemables_limit":0}""", "redeemables_limit", "must be a whole number from 1 to 30")]
    [InlineData("""{"redeemables_limit":2,"applicable_redeemables_limit":3}""", "applicable_redeemables_limit", "must be <= redeemables_limit, which is 2")]
    [InlineData("""{"applicable_redeemables_per_category_limit":6}""", "applicable_redeemables_per_category_limit", "must be <= applicable_redeemables_limit, which is 5")]
    [InlineData("""{"applicable_exclusive_redeemables_limit":6}""", "applicable_exclusive_redeemables_limit", "must be a whole number from 1 to 5")]
    [InlineData("""{"applicable_exclusive_redeemables_per_category_limit":2}""", "applicable_exclusive_redeemables_per_category_limit", "must be <= applicable_exclusive_redeemables_limit, which is 1")]
    [InlineData("""{"applicable_redeemables_category_limits":[]}""", "applicable_redeemables_category_limits", "must be an object of at most 1000 categories")]
    [InlineData("""{"applicable_redeemables_category_limits":{"cat_1":0}}""", "applicable_redeemables_category_limits.cat_1", "must be a whole number from 1 to 30")]
    [InlineData("""{"applicable_redeemables_category_limits":{"cat_1":6}}""", "applicable_redeemables_category_limits.cat_1", "must be <= applicable_redeemables_limit, which is 5")]
    [InlineData("""{"exclusive_categories":["cat_1"],"joint_categories":["cat_1"]}""", "joint_categories", "must NOT have categories that are in exclusive_categories")]
    [InlineData("""{"initial_amount_mode_categories":["a"],"discounted_amount_mode_categories":["a","b"]}""", "discounted_amount_mode_categories", "must NOT have categories that are in initial_amount_mode_categories")]
    [InlineData("""{"no_effect_skip_categories":["a"],"no_effect_redeem_anyway_categories":["a"]}""", "no_effect_redeem_anyway_categories", "must NOT have categories that are in no_effect_skip_categories")]
    [InlineData("""{"joint_categories":[1]}""", "joint_categories", "must be an array of at most 1000 texts of 1 to 100 characters")]
    [InlineData("""{"redeemables_application_mode":"SOME"}""", "redeemables_application_mode", "must be one of: ALL, PARTIAL")]
    [InlineData("""{"redeemables_sorting_rule":"x"}""", "redeemables_sorting_rule", "must be one of: REQUESTED_ORDER, CATEGORY_HIERARCHY")]
    [InlineData("""{"redeemables_products_application_mode":"x"}""", "redeemables_products_application_mode", "must be one of: STACK, ONCE")]
    [InlineData("""{"redeemables_no_effect_rule":"x"}""", "redeemables_no_effect_rule", "must be one of: REDEEM_ANYWAY, SKIP")]
    [InlineData("""{"redeemables_rollback_order_mode":"x"}""", "redeemables_rollback_order_mode", "must be one of: WITH_ORDER, WITHOUT_ORDER")]
    [InlineData("""{"grouped_redeemables_sorting_rule":"x"}""", "grouped_redeemables_sorting_rule", "must be one of: JOINT_ALWAYS_LAST, SORTING_RULE")]
    [InlineData("""{"discount_calculation_mode":"x"}""", "discount_calculation_mode", "must be one of: DISCOUNTED_AMOUNT, INITIAL_AMOUNT")]
    public void What_cannot_be_is_told_by_its_field(string json, string field, string message)
    {
        var (rules, problems) = StackingRulesReader.Read(JsonElement.Parse(json));
        Assert.Null(rules);
        Assert.Equal([new FieldProblem(field, message)], problems);
    }

    private static StackingRules Read(string json)
    {
        var (rules, problems) = StackingRulesReader.Read(JsonElement.Parse(json));
        Assert.Empty(problems);
        return rules!;
    }

    private static string Write(StackingRules rules)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            StackingRulesWriter.WriteFields(json, rules);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
