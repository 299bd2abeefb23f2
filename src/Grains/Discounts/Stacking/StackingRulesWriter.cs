using System.Collections.Immutable;
using System.Text.Json;

namespace Marketing.Discounts;

/// <summary>Writes stacking rules with every field, those that are as the default among them.</summary>
internal static class StackingRulesWriter
{
    /// <summary>Writes the fields, to stand with others.</summary>
    public static void WriteFields(Utf8JsonWriter json, StackingRules rules)
    {
        json.WriteNumber("redeemables_limit", rules.RedeemablesLimit);
        json.WriteNumber("applicable_redeemables_limit", rules.ApplicableLimit);
        Limit(json, "applicable_redeemables_per_category_limit", rules.PerCategoryLimit);
        json.WriteStartObject("applicable_redeemables_category_limits");
        foreach (var (category, limit) in rules.CategoryLimits)
        {
            json.WriteNumber(category, limit);
        }

        json.WriteEndObject();
        json.WriteNumber("applicable_exclusive_redeemables_limit", rules.ExclusiveLimit);
        Limit(json, "applicable_exclusive_redeemables_per_category_limit", rules.ExclusivePerCategoryLimit);
        Categories(json, "exclusive_categories", rules.ExclusiveCategories);
        Categories(json, "joint_categories", rules.JointCategories);
        json.WriteString("discount_calculation_mode", WireNames<CalculationMode>.Of(rules.CalculationMode));
        Categories(json, "initial_amount_mode_categories", rules.InitialAmountCategories);
        Categories(json, "discounted_amount_mode_categories", rules.DiscountedAmountCategories);
        json.WriteString("redeemables_application_mode", WireNames<ApplicationMode>.Of(rules.ApplicationMode));
        json.WriteString("redeemables_sorting_rule", WireNames<SortingRule>.Of(rules.SortingRule));
        json.WriteString("redeemables_products_application_mode", WireNames<ProductsMode>.Of(rules.ProductsMode));
        json.WriteString("redeemables_no_effect_rule", WireNames<NoEffectRule>.Of(rules.NoEffectRule));
        Categories(json, "no_effect_skip_categories", rules.NoEffectSkipCategories);
        Categories(json, "no_effect_redeem_anyway_categories", rules.NoEffectRedeemAnywayCategories);
        json.WriteString("redeemables_rollback_order_mode", WireNames<RollbackOrderMode>.Of(rules.RollbackOrderMode));
        json.WriteString("grouped_redeemables_sorting_rule", WireNames<GroupedSorting>.Of(rules.GroupedSorting));
    }

    private static void Limit(Utf8JsonWriter json, string name, int? limit)
    {
        if (limit is { } most)
        {
            json.WriteNumber(name, most);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Categories(Utf8JsonWriter json, string name, ImmutableHashSet<string> categories)
    {
        json.WriteStartArray(name);
        foreach (var category in categories.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(category);
        }

        json.WriteEndArray();
    }
}
