using Marketing.Carts;
using Marketing.Discounts;
using Marketing.ValidationRules;

namespace Marketing.Redemptions;

/// <summary>What becomes of a request.</summary>
/// <param name="Case">What it was decided by.</param>
/// <param name="IsValid">Whether it can be redeemed.</param>
/// <param name="Redeemables">In the order in which they were applied or passed over.</param>
/// <param name="After">The cart at the end.</param>
internal sealed record Decided(RedemptionCase Case, bool IsValid, IReadOnlyList<DecidedRedeemable> Redeemables, Cart After)
{
    public IEnumerable<DecidedRedeemable> Applied => Redeemables.Where(static one => one.Status == StackingStatus.Applicable);

    /// <summary>Why it is not valid: of the first that does not apply.</summary>
    public DecidedRedeemable? Culprit => Redeemables.FirstOrDefault(static one => one.Error is not null) ?? (Redeemables.Count == 0 ? null : Redeemables[0]);
}

/// <summary>What becomes of one redeemable.</summary>
internal sealed record DecidedRedeemable(CaseRedeemable Redeemable, StackingStatus Status)
{
    /// <summary>Why it was passed over.</summary>
    public StackingDetail? Detail { get; init; }

    /// <summary>Why it does not apply.</summary>
    public RedemptionError? Error { get; init; }

    /// <summary>Why nothing came of it, in either case.</summary>
    public RedemptionError Reason => Error ?? new RedemptionError(400, Detail!.Key, Detail.Message, Redeemable.Reference);

    /// <summary>What it did; null where nothing is bought.</summary>
    public Applied? Applied { get; init; }

    /// <summary>Credits it takes from a gift card.</summary>
    public long Credits { get; init; }

    /// <summary>Points it takes from a loyalty card.</summary>
    public long Points { get; init; }

    /// <summary>What its rules count.</summary>
    public IReadOnlyList<RuleCharge> Charges { get; init; } = [];

    public BundleFinding? Bundle { get; init; }
}
