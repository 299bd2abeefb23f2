using System.Collections.Immutable;

namespace Marketing.Discounts;

/// <summary>In what order redeemables are applied.</summary>
internal static class StackingOrder
{
    public static ImmutableArray<StackedRedeemable> Of(IReadOnlyList<StackedRedeemable> requested, StackingRules rules)
    {
        // Sorting keeps the order of what is equal.
        IEnumerable<StackedRedeemable> order = rules.SortingRule == SortingRule.CategoryHierarchy ? requested.OrderBy(Hierarchy) : requested;
        if (rules.GroupedSorting == GroupedSorting.JointAlwaysLast && requested.Any(one => IsExclusive(one, rules)))
        {
            order = order.OrderBy(one => IsJoint(one, rules));
        }

        return [.. order];
    }

    /// <summary>Whether it keeps out those that are common. What is in a joint category as well is joint.</summary>
    public static bool IsExclusive(StackedRedeemable redeemable, StackingRules rules) => !IsJoint(redeemable, rules) && IsAmong(redeemable, rules.ExclusiveCategories);

    public static bool IsJoint(StackedRedeemable redeemable, StackingRules rules) => IsAmong(redeemable, rules.JointCategories);

    public static bool IsCommon(StackedRedeemable redeemable, StackingRules rules) => !IsJoint(redeemable, rules) && !IsExclusive(redeemable, rules);

    /// <summary>Whether one of its categories is among these.</summary>
    public static bool IsAmong(StackedRedeemable redeemable, ImmutableHashSet<string> categories)
    {
        foreach (var category in redeemable.Categories)
        {
            if (categories.Contains(category.Id))
            {
                return true;
            }
        }

        return false;
    }

    private static int Hierarchy(StackedRedeemable redeemable) =>
        redeemable.Categories.IsDefaultOrEmpty ? StackedCategory.DefaultHierarchy : redeemable.Categories.Min(category => category.Hierarchy);
}
