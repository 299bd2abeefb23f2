using System.Collections.Immutable;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>What became of redeemables that were used together.</summary>
/// <param name="IsValid">Whether anything is applied: where all must apply, that all did that were not skipped.</param>
/// <param name="Outcomes">One for each, in the order in which they were applied or passed over.</param>
/// <param name="After">The cart at the end, where what is applied is of all together; as it was, where nothing is.</param>
internal sealed record Stacked(bool IsValid, ImmutableArray<StackingOutcome> Outcomes, Cart After)
{
    /// <summary>Why there are none: there are more than a request may have.</summary>
    public FieldProblem? Problem { get; init; }
}

/// <summary>What became of one redeemable.</summary>
/// <param name="Redeemable">The redeemable.</param>
/// <param name="Status">What became of it.</param>
internal sealed record StackingOutcome(StackedRedeemable Redeemable, StackingStatus Status)
{
    /// <summary>What it said, where it was asked and it counts.</summary>
    public StackingDecision? Decision { get; init; }

    /// <summary>Why it was skipped or is inapplicable: <c>result.details</c> on the wire.</summary>
    public StackingDetail? Detail { get; init; }
}

internal enum StackingStatus
{
    Applicable,
    Inapplicable,
    Skipped,
}

/// <summary>Key and message of a reason.</summary>
/// <param name="Key">For programs.</param>
/// <param name="Message">For people.</param>
internal sealed record StackingDetail(string Key, string Message)
{
    public static readonly StackingDetail LimitExceeded = new("applicable_redeemables_limit_exceeded", "Applicable redeemables limit exceeded");

    public static readonly StackingDetail CategoryLimitExceeded =
        new("applicable_redeemables_per_category_limit_exceeded", "Applicable redeemables limit per category exceeded");

    public static readonly StackingDetail ExclusiveLimitExceeded = new("applicable_exclusive_redeemables_limit_exceeded", "Applicable exclusive redeemables limit exceeded");

    public static readonly StackingDetail ExclusiveCategoryLimitExceeded =
        new("applicable_exclusive_redeemables_per_category_limit_exceeded", "Applicable exclusive redeemables limit per category exceeded");

    public static readonly StackingDetail ExclusionRulesNotMet = new("exclusion_rules_not_met", "Redeemable cannot be applied due to exclusion rules");

    public static readonly StackingDetail PrecedingValidationFailed =
        new("preceding_validation_failed", "Redeemable cannot be applied due to preceding validation failure");

    public static readonly StackingDetail NoEffect = new("no_effect", "Redeemable cannot be applied due to no effect");
}
