using System.Collections.Immutable;
using System.Text.Json;
using Marketing.Json;

namespace Marketing.Discounts;

/// <summary>Makes stacking rules of their JSON. What is not there has its default.</summary>
internal static class StackingRulesReader
{
    private const int MostRedeemables = 30;

    // Of exclusive ones together; of one category one document of the product says as many as of all.
    private const int MostExclusive = 5;

    private const int MostCategories = 1_000;
    private const int LongestId = 100;

    /// <summary>The rules; null where there are problems.</summary>
    /// <param name="rules">The body of a request, or what is stored.</param>
    public static (StackingRules? Rules, IReadOnlyList<FieldProblem> Problems) Read(JsonElement rules)
    {
        if (rules.ValueKind != JsonValueKind.Object)
        {
            return (null, [new FieldProblem("", "must be an object")]);
        }

        var problems = new List<FieldProblem>();
        var fields = new ObjectFields(rules, "", problems);
        var none = StackingRules.Default;
        var most = Limit(fields, "redeemables_limit", none.RedeemablesLimit, MostRedeemables);
        var read = new StackingRules
        {
            RedeemablesLimit = most,

            // A default gives way to what is asked for beside it; what is asked for does not.
            ApplicableLimit = Limit(fields, "applicable_redeemables_limit", Math.Min(none.ApplicableLimit, most), MostRedeemables),
            PerCategoryLimit = LimitOrNone(fields, "applicable_redeemables_per_category_limit", none.PerCategoryLimit),
            CategoryLimits = CategoryLimits(fields),
            ExclusiveLimit = Limit(fields, "applicable_exclusive_redeemables_limit", none.ExclusiveLimit, MostExclusive),
            ExclusivePerCategoryLimit = LimitOrNone(fields, "applicable_exclusive_redeemables_per_category_limit", none.ExclusivePerCategoryLimit),
            ExclusiveCategories = Categories(fields, "exclusive_categories"),
            JointCategories = Categories(fields, "joint_categories"),
            CalculationMode = fields.Choice<CalculationMode>("discount_calculation_mode") ?? none.CalculationMode,
            InitialAmountCategories = Categories(fields, "initial_amount_mode_categories"),
            DiscountedAmountCategories = Categories(fields, "discounted_amount_mode_categories"),
            ApplicationMode = fields.Choice<ApplicationMode>("redeemables_application_mode") ?? none.ApplicationMode,
            SortingRule = fields.Choice<SortingRule>("redeemables_sorting_rule") ?? none.SortingRule,
            ProductsMode = fields.Choice<ProductsMode>("redeemables_products_application_mode") ?? none.ProductsMode,
            NoEffectRule = fields.Choice<NoEffectRule>("redeemables_no_effect_rule") ?? none.NoEffectRule,
            NoEffectSkipCategories = Categories(fields, "no_effect_skip_categories"),
            NoEffectRedeemAnywayCategories = Categories(fields, "no_effect_redeem_anyway_categories"),
            RollbackOrderMode = fields.Choice<RollbackOrderMode>("redeemables_rollback_order_mode") ?? none.RollbackOrderMode,
            GroupedSorting = fields.Choice<GroupedSorting>("grouped_redeemables_sorting_rule") ?? none.GroupedSorting,
        };
        if (problems.Count == 0)
        {
            Check(fields, read);
        }

        return (problems.Count == 0 ? read : null, problems);
    }

    private static void Check(ObjectFields fields, StackingRules rules)
    {
        NotAbove(fields, "applicable_redeemables_limit", rules.ApplicableLimit, "redeemables_limit", rules.RedeemablesLimit);
        NotAbove(fields, "applicable_redeemables_per_category_limit", rules.PerCategoryLimit, "applicable_redeemables_limit", rules.ApplicableLimit);
        NotAbove(fields, "applicable_exclusive_redeemables_per_category_limit", rules.ExclusivePerCategoryLimit, "applicable_exclusive_redeemables_limit", rules.ExclusiveLimit);
        foreach (var (category, limit) in rules.CategoryLimits)
        {
            NotAbove(fields, $"applicable_redeemables_category_limits.{category}", limit, "applicable_redeemables_limit", rules.ApplicableLimit);
        }

        Apart(fields, "joint_categories", rules.JointCategories, "exclusive_categories", rules.ExclusiveCategories);
        Apart(fields, "discounted_amount_mode_categories", rules.DiscountedAmountCategories, "initial_amount_mode_categories", rules.InitialAmountCategories);
        Apart(fields, "no_effect_redeem_anyway_categories", rules.NoEffectRedeemAnywayCategories, "no_effect_skip_categories", rules.NoEffectSkipCategories);
    }

    private static void NotAbove(ObjectFields fields, string name, int? limit, string above, int most)
    {
        if (limit > most)
        {
            fields.Refuse(name, $"must be <= {above}, which is {most}");
        }
    }

    private static void Apart(ObjectFields fields, string name, ImmutableHashSet<string> categories, string others, ImmutableHashSet<string> of)
    {
        if (categories.Overlaps(of))
        {
            fields.Refuse(name, $"must NOT have categories that are in {others}");
        }
    }

    private static int Limit(ObjectFields fields, string name, int none, int most) => (int)(fields.Whole(name, 1, most) ?? none);

    private static int? LimitOrNone(ObjectFields fields, string name, int? none) => fields.IsNull(name) ? null : (int?)fields.Whole(name, 1, MostRedeemables) ?? none;

    private static ImmutableHashSet<string> Categories(ObjectFields fields, string name) => fields.Texts(name, MostCategories, LongestId) ?? [];

    private static ImmutableSortedDictionary<string, int> CategoryLimits(ObjectFields fields)
    {
        const string Name = "applicable_redeemables_category_limits";
        var limits = StackingRules.Default.CategoryLimits.ToBuilder();
        if (fields.Find(Name) is not { } given)
        {
            return limits.ToImmutable();
        }

        if (given.ValueKind != JsonValueKind.Object || given.GetPropertyCount() > MostCategories)
        {
            fields.Refuse(Name, $"must be an object of at most {MostCategories} categories");
            return limits.ToImmutable();
        }

        foreach (var limit in given.EnumerateObject())
        {
            if (limit.Name.Length is < 1 or > LongestId || !JsonNumbers.TryWhole(limit.Value, out var most) || most is < 1 or > MostRedeemables)
            {
                fields.Refuse($"{Name}.{limit.Name}", $"must be a whole number from 1 to {MostRedeemables}");
            }
            else
            {
                limits[limit.Name] = (int)most;
            }
        }

        return limits.ToImmutable();
    }
}
