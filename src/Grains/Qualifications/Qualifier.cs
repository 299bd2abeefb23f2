using Marketing.Discounts;
using Marketing.Redemptions;

namespace Marketing.Qualifications;

/// <summary>Which candidates apply, each by itself, and in what order they are answered. Pure.</summary>
internal static class Qualifier
{
    /// <summary>A page of those that apply.</summary>
    /// <param name="given">What is decided by. Its redeemables are those of the candidates, one after the other.</param>
    /// <param name="candidates">The newest first.</param>
    /// <param name="areAll">Whether there are no others behind them.</param>
    /// <param name="query">What is wanted.</param>
    public static QualificationPage Qualify(RedemptionCase given, IReadOnlyList<Candidate> candidates, bool areAll, QualificationQuery query)
    {
        var qualified = Decide(Alone(given), candidates, query.Scenario);
        if (query.Order == QualificationOrder.Newest)
        {
            // No more is decided than the page needs, and one to know whether there is another.
            var newest = qualified.Take(query.Limit + 1).ToList();
            return newest.Count > query.Limit ? new QualificationPage([.. newest.Take(query.Limit)], newest[query.Limit - 1].Candidate.Place)
                : new QualificationPage(newest, areAll ? null : candidates[^1].Place);
        }

        var best = query.Order == QualificationOrder.BestDeal
            ? qualified.OrderByDescending(static one => one.Deal).ThenByDescending(static one => one.Candidate.Place).ToList()
            : qualified.OrderBy(static one => one.Deal).ThenByDescending(static one => one.Candidate.Place).ToList();
        var from = query.StartingAfter is { } after ? After(best, after) : 0;
        List<Qualification> page = [.. best.Skip(from).Take(query.Limit)];
        return new QualificationPage(page, from + page.Count < best.Count ? page[^1].Candidate.Place : null);
    }

    private static IEnumerable<Qualification> Decide(RedemptionCase given, IReadOnlyList<Candidate> candidates, QualificationScenario scenario)
    {
        var at = 0;
        foreach (var candidate in candidates)
        {
            IReadOnlyList<CaseRedeemable> parts = [.. given.Redeemables.Skip(at).Take(candidate.Redeemables.Count)];
            at += parts.Count;
            var decided = RedemptionDecider.Decide(given with { Redeemables = parts });
            if (decided.IsValid && Concerns(decided, given, scenario))
            {
                yield return new Qualification(candidate, decided);
            }
        }
    }

    // Where nothing is bought nothing has an effect, which is no reason to keep it back.
    private static RedemptionCase Alone(RedemptionCase given) => given.Order is not null ? given : given with
    {
        Stacking = given.Stacking with { NoEffectRule = NoEffectRule.RedeemAnyway, NoEffectSkipCategories = [] },
        Redeemables = [.. given.Redeemables.Select(static one => one.IsGift ? one with { AskedCredits = one.Balance } : one)],
    };

    private static bool Concerns(Decided decided, RedemptionCase given, QualificationScenario scenario) => scenario switch
    {
        QualificationScenario.ProductsDiscount or QualificationScenario.ProductsDiscountByCustomer => decided.Applied.Any(one => GoesToItems(one, given)),
        QualificationScenario.Products or QualificationScenario.ProductsByCustomer =>
            decided.Applied.Any(one => GoesToItems(one, given) || (given.Order is not null && one.Redeemable.Rules.Any(static rule => rule.Rule is { NamesItems: true }))),
        _ => true,
    };

    // To lines that were sent: units of something else that is given away are not for the product that was asked about.
    private static bool GoesToItems(DecidedRedeemable one, RedemptionCase given)
    {
        var sent = given.Cart.Lines.Length;
        return one.Applied is { } applied && (applied.Covered.Any(line => line.Index < sent) || applied.After.Lines.Take(sent).Any(static line => line.AppliedDiscountQuantity > 0));
    }

    // Whoever goes on with created_at goes on after all of that instant.
    private static int After(List<Qualification> sorted, DateTimeOffset place)
    {
        var at = sorted.FindIndex(one => one.Candidate.Place == place.UtcTicks);
        at = at >= 0 ? at : sorted.FindLastIndex(one => one.Candidate.CreatedAt == place);
        return at >= 0 ? at + 1 : sorted.Count;
    }
}
