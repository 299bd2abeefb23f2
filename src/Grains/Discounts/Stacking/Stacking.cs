using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Applies redeemables one after the other. Pure.</summary>
internal static class Stacking
{
    /// <summary>What becomes of each, and of the cart.</summary>
    /// <param name="requested">In the order in which they were asked for; no two with the same id.</param>
    /// <param name="rules">How they go together.</param>
    /// <param name="cart">Before any of them.</param>
    public static Stacked Apply(IReadOnlyList<StackedRedeemable> requested, StackingRules rules, Cart cart)
    {
        if (requested.Count > rules.RedeemablesLimit)
        {
            return new Stacked(false, [], cart) { Problem = new FieldProblem("redeemables", $"must NOT have more than {rules.RedeemablesLimit} items") };
        }

        var settled = cart.Settled();
        var order = StackingOrder.Of(requested, rules);
        if (!requested.Any(one => StackingOrder.IsExclusive(one, rules)))
        {
            return new StackingRun(rules, static _ => null).Run(order, settled);
        }

        var alone = new StackingRun(rules, one => StackingOrder.IsCommon(one, rules) ? StackingRun.Skipped(one, StackingDetail.ExclusionRulesNotMet) : null).Run(order, settled);
        var exclusive = alone.Outcomes.Where(one => StackingOrder.IsExclusive(one.Redeemable, rules)).ToDictionary(one => one.Redeemable.Id, StringComparer.Ordinal);
        if (rules.ApplicationMode == ApplicationMode.All || exclusive.Values.Any(one => one.Status == StackingStatus.Applicable))
        {
            return alone;
        }

        // What is exclusive but does not apply keeps nobody out, and is not asked again: it must not come in beside those it would have kept out.
        return new StackingRun(rules, one => exclusive.GetValueOrDefault(one.Id)).Run(order, settled);
    }
}
