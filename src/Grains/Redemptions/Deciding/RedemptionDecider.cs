using System.Text.Json;
using Marketing.Carts;
using Marketing.Discounts;
using Marketing.Projects;
using Marketing.Rewards;
using Marketing.ValidationRules;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>Decides what becomes of a request. Pure.</summary>
internal sealed class RedemptionDecider
{
    private readonly RedemptionCase _case;

    // What each said last: a redeemable may be asked again on another cart.
    private readonly Dictionary<string, DecidedRedeemable> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RedemptionError> _overLimit = new(StringComparer.Ordinal);

    private RedemptionDecider(RedemptionCase given) => _case = given;

    public static Decided Decide(RedemptionCase given) => new RedemptionDecider(given).Run();

    private Decided Run()
    {
        while (true)
        {
            var stacked = Stacking.Apply(
                [.. _case.Redeemables.Select(one => new StackedRedeemable(KeyOf(one), one.Categories, (cart, turn) => Say(one, cart, turn)))], _case.Stacking, _case.Cart);
            List<DecidedRedeemable> redeemables = [.. stacked.Outcomes.Select(Outcome)];
            if (FirstOverLimit(redeemables) is not { } over)
            {
                return new Decided(_case, stacked.IsValid, redeemables, stacked.After);
            }

            // Alone each would do, not together: the later one does not apply, and all are asked again.
            _overLimit[KeyOf(over.Redeemable)] = RedemptionErrors.RuleViolated("redemption", over.Redeemable.Reference, null);
        }
    }

    private static string KeyOf(CaseRedeemable redeemable) => $"{redeemable.Type}/{redeemable.Id}";

    private DecidedRedeemable Outcome(StackingOutcome outcome)
    {
        var redeemable = _case.Redeemables.First(one => KeyOf(one) == outcome.Redeemable.Id);
        return outcome.Status switch
        {
            StackingStatus.Skipped => new DecidedRedeemable(redeemable, outcome.Status) { Detail = outcome.Detail },
            _ => _said[outcome.Redeemable.Id] with { Status = outcome.Status, Detail = outcome.Detail },
        };
    }

    private DecidedRedeemable? FirstOverLimit(IReadOnlyList<DecidedRedeemable> redeemables)
    {
        var pending = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var one in redeemables.Where(static one => one.Status == StackingStatus.Applicable))
        {
            foreach (var charge in one.Charges)
            {
                // An order is one, however many are redeemed for it.
                if (charge.IsOfOrder && pending.ContainsKey(charge.Key))
                {
                    continue;
                }

                var sum = pending.GetValueOrDefault(charge.Key) + charge.Amount;
                pending[charge.Key] = sum;
                if (charge.Most is { } most && _case.Counts.GetValueOrDefault(charge.Key) + sum > most)
                {
                    return one;
                }
            }
        }

        return null;
    }

    private StackingDecision Say(CaseRedeemable redeemable, Cart cart, StackingTurn turn)
    {
        var (said, decision) = WhyNot(redeemable) is { } refusal ? (Refused(redeemable, refusal), null) : redeemable.Reward is { } reward ? Exchange(redeemable, reward, cart, turn)
            : redeemable.IsGift ? Spend(redeemable, cart, turn)
            : TakeOff(redeemable, cart, turn);
        _said[KeyOf(redeemable)] = said;
        return said.Error is { } error ? new StackingDecision.DoesNot(error.Key, error.ShopMessage ?? error.Message) : decision!;
    }

    // What has nothing to do with what is bought.
    private RedemptionError? WhyNot(CaseRedeemable redeemable)
    {
        if (redeemable.Refusal is { } refusal)
        {
            return refusal;
        }

        if (redeemable is { Campaign.IsReferral: true, Voucher: { } code } && WhyNotReferred(redeemable.Reference, code) is { } why)
        {
            return why;
        }

        if (_overLimit.TryGetValue(KeyOf(redeemable), out var over))
        {
            return over;
        }

        if (redeemable.Reward is not null && _case.Person?.Id != redeemable.Voucher!.HolderId)
        {
            return RedemptionErrors.NotTheHolder(redeemable.Reference);
        }

        // Stored by a version that took more.
        if (redeemable is { IsGift: false, Discount: null, Reward: null })
        {
            return RedemptionErrors.NotUnderstood(redeemable.Reference);
        }

        return redeemable.Voucher is { Quantity: { } quantity } voucher && voucher.Uses - (redeemable.Held?.Uses ?? 0) >= quantity ? RedemptionErrors.QuantityExceeded(redeemable.Reference) : null;
    }

    // A holder is for good, so whoever decides on one that was read decides by what there is when it is committed.
    private RedemptionError? WhyNotReferred(string reference, VoucherView code) =>
        code.Holder is null ? RedemptionErrors.NotPublished(reference)
        : _case.Person is not { } person ? RedemptionErrors.MissingCustomer(reference)
        : person.Id == code.HolderId ? RedemptionErrors.OwnReferralCode(reference)
        : null;

    private (DecidedRedeemable Said, StackingDecision? Decision) Spend(CaseRedeemable redeemable, Cart cart, StackingTurn turn)
    {
        var worth = redeemable.AskedCredits ?? redeemable.Balance;
        if (worth > redeemable.Balance || redeemable.Balance == 0)
        {
            return (Refused(redeemable, RedemptionErrors.CreditsExceeded(redeemable.Reference)), null);
        }

        if (_case.Order is null)
        {
            return redeemable.AskedCredits is null
                ? (Refused(redeemable, RedemptionErrors.MissingOrderAmount(redeemable.Reference)), null)
                : Ruled(redeemable, cart, new Applied(cart, 0) { HasEffect = worth > 0 }, worth);
        }

        var rules = Understood(redeemable);
        var applied = DiscountEngine.Apply(
            new Discount.Credits(worth, redeemable.CreditsEffect), RuleApplicability.Of(rules, cart, _case.Now), cart, turn.Of(Settings(redeemable)));
        return applied.Amount == 0 && redeemable.CreditsEffect == PlainEffect.ApplyToItems && cart.TotalAmount > 0
            ? (Refused(redeemable, RedemptionErrors.MissingItems(redeemable.Reference)), null)
            : Ruled(redeemable, cart, applied, applied.Amount);
    }

    // Points of a card for a reward, or for what an order costs.
    private (DecidedRedeemable Said, StackingDecision? Decision) Exchange(CaseRedeemable redeemable, RewardCase reward, Cart cart, StackingTurn turn)
    {
        if (!reward.IsCoin)
        {
            return Ruled(redeemable, cart, new Applied(cart, 0) { HasEffect = true }, credits: 0, reward.Cost);
        }

        // There is nothing to pay for.
        if (_case.Order is not { Cart.Amount: > 0 })
        {
            return (Refused(redeemable, RedemptionErrors.MissingOrder(redeemable.Reference)), null);
        }

        var (points, worth) = reward.Pay(cart.TotalAmount);
        if (points == 0 && cart.TotalAmount > 0)
        {
            return (Refused(redeemable, RedemptionErrors.Of(RewardRefusal.PointsExceeded(redeemable.Reference))), null);
        }

        var applied = DiscountEngine.Apply(new Discount.Credits(worth, PlainEffect.ApplyToOrder), Applicability.Everything, cart, turn.Of(Settings(redeemable)));
        return Ruled(redeemable, cart, applied, credits: 0, points);
    }

    private (DecidedRedeemable Said, StackingDecision? Decision) TakeOff(CaseRedeemable redeemable, Cart cart, StackingTurn turn)
    {
        var rules = Understood(redeemable);
        var applied = DiscountEngine.Apply(redeemable.Discount!, RuleApplicability.Of(rules, cart, _case.Now), cart, turn.Of(Settings(redeemable)));
        return Ruled(redeemable, cart, applied, credits: 0);
    }

    private (DecidedRedeemable Said, StackingDecision? Decision) Ruled(CaseRedeemable redeemable, Cart cart, Applied applied, long credits, long points = 0)
    {
        var subject = SubjectOf(redeemable) with { Order = _case.Order is null ? null : cart, Discounted = _case.Order is null ? null : applied.After, GiftCredits = credits, PointsUsed = points };
        var charges = new List<RuleCharge>();
        BundleFinding? bundle = null;
        foreach (var rule in redeemable.Rules)
        {
            if (rule.Rule is null)
            {
                return (Refused(redeemable, RedemptionErrors.RuleViolated("redemption", redeemable.Reference, null)), null);
            }

            var verdict = rule.Rule.Evaluate(subject);
            bundle ??= verdict.Bundle;
            if (verdict.Failure is { } failure)
            {
                return (Refused(redeemable, ErrorOf(failure, redeemable.Reference)) with { Bundle = bundle }, null);
            }

            charges.AddRange(verdict.Charges);
        }

        if (applied.Refusal is { } refusal)
        {
            return (Refused(redeemable, RedemptionErrors.InvalidOrder(redeemable.Reference, refusal)), null);
        }

        var said = new DecidedRedeemable(redeemable, StackingStatus.Applicable) { Applied = applied, Credits = credits, Points = points, Charges = RuleCharge.Merge(charges), Bundle = bundle };
        return (said, new StackingDecision.Applies(applied.After, applied.HasEffect) { Applied = applied });
    }

    /// <summary>What rules are asked about, before it is known what is bought.</summary>
    public static RuleSubject SubjectOf(CaseRedeemable redeemable, RuleCustomer? person, JsonElement metadata, string? apiKey, DateTimeOffset now) => new()
    {
        Customer = person,
        Metadata = metadata,
        ApiKey = apiKey,
        IsHolder = person is not null && redeemable.Voucher?.HolderId == person.Id,
        Incentive = redeemable.Id,
        Campaign = redeemable.Campaign?.Id,
        LoyaltyTier = redeemable.Reward?.Tier?.Name,
        Now = now,
    };

    private RuleSubject SubjectOf(CaseRedeemable redeemable) =>
        SubjectOf(redeemable, _case.Person, _case.Metadata, _case.ApiKey, _case.Now) with { Counts = _case.Counts, IsAudienceOnly = _case.IsAudienceOnly };

    private static RedemptionError ErrorOf(RuleFailure failure, string id) => failure.Lack switch
    {
        RuleLack.Customer => RedemptionErrors.MissingCustomer(id) with { ShopMessage = failure.Message },
        RuleLack.Order => RedemptionErrors.MissingOrder(id) with { ShopMessage = failure.Message },
        _ => RedemptionErrors.RuleViolated(failure.Area switch { RuleArea.Customer => "customer", RuleArea.Order => "order", _ => "redemption" }, id, failure.Message),
    };

    private static IReadOnlyList<CompiledRule> Understood(CaseRedeemable redeemable) => [.. redeemable.Rules.Select(static rule => rule.Rule).OfType<CompiledRule>()];

    private static DecidedRedeemable Refused(CaseRedeemable redeemable, RedemptionError error) => new(redeemable, StackingStatus.Inapplicable) { Error = error };

    private DiscountSettings Settings(CaseRedeemable redeemable) => new()
    {
        Products = _case.Products,
        Data = redeemable.Formulas with
        {
            Now = TimeZoneInfo.ConvertTime(_case.Now, _case.Catalogue.Section<ProjectSection>().Calendar.TimeZone),
            Redemption = _case.Metadata,
        },
    };
}
