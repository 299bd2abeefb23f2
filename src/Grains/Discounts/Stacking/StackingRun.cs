using System.Collections.Immutable;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>One pass over redeemables in their order.</summary>
/// <param name="rules">How they go together.</param>
/// <param name="decided">What has become of a redeemable already; null of those whose turn it is.</param>
internal sealed class StackingRun(StackingRules rules, Func<StackedRedeemable, StackingOutcome?> decided)
{
    private readonly Dictionary<string, int> _perCategory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _perExclusiveCategory = new(StringComparer.Ordinal);
    private Cart _cart = Cart.Empty;
    private int _applied;
    private int _exclusive;
    private bool _hasFailed;

    /// <summary>What becomes of them.</summary>
    /// <param name="order">All of them, in the order in which they are applied.</param>
    /// <param name="before">The cart before any of them.</param>
    public Stacked Run(ImmutableArray<StackedRedeemable> order, Cart before)
    {
        _cart = before;
        var outcomes = ImmutableArray.CreateBuilder<StackingOutcome>(order.Length);
        foreach (var redeemable in order)
        {
            outcomes.Add(Turn(redeemable));
        }

        var isValid = _applied > 0 && !(_hasFailed && rules.ApplicationMode == ApplicationMode.All);
        return new Stacked(isValid, outcomes.MoveToImmutable(), isValid ? _cart.AppliedSince(before) : before);
    }

    /// <summary>That one is passed over, and why.</summary>
    public static StackingOutcome Skipped(StackedRedeemable redeemable, StackingDetail detail) => new(redeemable, StackingStatus.Skipped) { Detail = detail };

    private StackingOutcome Turn(StackedRedeemable redeemable)
    {
        if (_hasFailed && rules.ApplicationMode == ApplicationMode.All)
        {
            return Skipped(redeemable, StackingDetail.PrecedingValidationFailed);
        }

        if (decided(redeemable) is { } known)
        {
            return known;
        }

        if (OverLimit(redeemable) is { } limit)
        {
            return Skipped(redeemable, limit);
        }

        var decision = redeemable.Decide(_cart, new StackingTurn(Mode(redeemable), rules.ProductsMode == ProductsMode.Once));
        switch (decision)
        {
            case StackingDecision.Applies { HasEffect: false } when IsSkippedWithoutEffect(redeemable):
                return Skipped(redeemable, StackingDetail.NoEffect);
            case StackingDecision.Applies applies:
                Count(redeemable);
                _cart = applies.After;
                return new StackingOutcome(redeemable, StackingStatus.Applicable) { Decision = decision };
            default:
                _hasFailed = true;
                var reason = (StackingDecision.DoesNot)decision;
                return new StackingOutcome(redeemable, StackingStatus.Inapplicable) { Decision = decision, Detail = new StackingDetail(reason.Key, reason.Message) };
        }
    }

    // The narrowest limit is told last, as the product's list of reasons has it: of all, of a category, of exclusive ones, of an exclusive category.
    private StackingDetail? OverLimit(StackedRedeemable redeemable)
    {
        if (_applied >= rules.ApplicableLimit)
        {
            return StackingDetail.LimitExceeded;
        }

        foreach (var category in redeemable.Categories)
        {
            var limit = rules.CategoryLimits.TryGetValue(category.Id, out var own) ? own : rules.PerCategoryLimit;
            if (_perCategory.GetValueOrDefault(category.Id) >= limit)
            {
                return StackingDetail.CategoryLimitExceeded;
            }
        }

        if (!StackingOrder.IsExclusive(redeemable, rules))
        {
            return null;
        }

        if (_exclusive >= rules.ExclusiveLimit)
        {
            return StackingDetail.ExclusiveLimitExceeded;
        }

        foreach (var category in redeemable.Categories)
        {
            if (rules.ExclusiveCategories.Contains(category.Id) && _perExclusiveCategory.GetValueOrDefault(category.Id) >= rules.ExclusivePerCategoryLimit)
            {
                return StackingDetail.ExclusiveCategoryLimitExceeded;
            }
        }

        return null;
    }

    private void Count(StackedRedeemable redeemable)
    {
        var isExclusive = StackingOrder.IsExclusive(redeemable, rules);
        _applied++;
        _exclusive += isExclusive ? 1 : 0;
        foreach (var category in redeemable.Categories)
        {
            _perCategory[category.Id] = _perCategory.GetValueOrDefault(category.Id) + 1;
            if (isExclusive)
            {
                _perExclusiveCategory[category.Id] = _perExclusiveCategory.GetValueOrDefault(category.Id) + 1;
            }
        }
    }

    private CalculationMode Mode(StackedRedeemable redeemable)
    {
        if (StackingOrder.IsAmong(redeemable, rules.InitialAmountCategories))
        {
            return CalculationMode.InitialAmount;
        }

        return StackingOrder.IsAmong(redeemable, rules.DiscountedAmountCategories) ? CalculationMode.DiscountedAmount : rules.CalculationMode;
    }

    private bool IsSkippedWithoutEffect(StackedRedeemable redeemable) => StackingOrder.IsAmong(redeemable, rules.NoEffectSkipCategories)
        || (rules.NoEffectRule == NoEffectRule.Skip && !StackingOrder.IsAmong(redeemable, rules.NoEffectRedeemAnywayCategories));
}
