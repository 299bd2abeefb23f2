using Marketing.Carts;
using Marketing.Discounts;
using Marketing.ValidationRules;

namespace Marketing.Redemptions;

/// <summary>Which lines the rules of a redeemable let its discount touch. Pure.</summary>
internal static class RuleApplicability
{
    /// <param name="rules">Rules that are understood.</param>
    /// <param name="cart">What is bought.</param>
    /// <param name="now">For conditions on metadata.</param>
    public static Applicability Of(IReadOnlyList<CompiledRule> rules, Cart cart, DateTimeOffset now)
    {
        var restricting = rules.Where(static rule => !rule.ApplicableTo.IsUnrestricted).Select(static rule => rule.ApplicableTo).ToList();
        var bundle = rules.Select(rule => rule.Bundle?.In(cart)).FirstOrDefault(static finding => finding is { Quantity: > 0 });
        if (restricting.Count == 0 && bundle is null)
        {
            return Applicability.Everything;
        }

        var including = restricting.FirstOrDefault(static items => items is { IncludedAll: false, Included.Count: > 0 });
        return new Applicability
        {
            Included = bundle is not null ? [.. bundle.Identified.Select(item => OfBundle(item, cart))] : including is null ? [new ApplicationRule()] : [.. including.Included.Select(item => Of(item, now))],
            IsExcluded = restricting.Any(static items => items.Excluded.Count > 0) ? line => restricting.Any(items => items.Excluded.Any(item => item.Matches(line, now))) : null,
        };
    }

    // Units that make up the bundle, and no others of the same line.
    private static ApplicationRule OfBundle(BundleItem item, Cart cart)
    {
        var bought = cart.Lines[item.Line];
        return new ApplicationRule { Matches = line => line.HasProductOf(bought) && line.Price == bought.Price, AggregatedQuantityLimit = item.Quantity };
    }

    private static ApplicationRule Of(ApplicableTo item, DateTimeOffset now) => new()
    {
        Matches = line => item.Matches(line, now),
        Effect = item.Effect switch
        {
            ApplicableEffect.Every => ApplicationEffect.ApplyToEvery,
            ApplicableEffect.Cheapest => ApplicationEffect.ApplyToCheapest,
            ApplicableEffect.FromCheapest => ApplicationEffect.ApplyFromCheapest,
            ApplicableEffect.MostExpensive => ApplicationEffect.ApplyToMostExpensive,
            ApplicableEffect.FromMostExpensive => ApplicationEffect.ApplyFromMostExpensive,
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        Target = item.CountsUnits ? ApplicationTarget.Unit : ApplicationTarget.Item,
        Repeat = item.Repeat ?? 1,
        Skip = item.SkipInitially ?? 0,
        QuantityLimit = item.QuantityLimit,
        AggregatedQuantityLimit = item.AggregatedQuantityLimit,
        AmountLimit = item.AmountLimit,
        AggregatedAmountLimit = item.AggregatedAmountLimit,
        Price = item.Price,
        PriceFormula = item.PriceFormula is { } text ? FormulaParser.Parse(text).Formula : null,
    };
}
