using System.Collections.Immutable;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Categories;
using Marketing.Discounts;
using Marketing.Loyalties;
using Marketing.Promotions;
using Marketing.Rewards;
using Marketing.ValidationRules;
using Marketing.Validity;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>A redeemable with everything it is decided by. Immutable.</summary>
internal sealed record CaseRedeemable
{
    /// <summary>The code, or the id of the tier, as it was asked for.</summary>
    public required string Reference { get; init; }

    /// <summary><c>voucher</c> or <c>promotion_tier</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The id of the object; what was asked for, where there is none.</summary>
    public required string Id { get; init; }

    /// <summary>Of a gift card, how many credits are to be spent.</summary>
    public long? AskedCredits { get; init; }

    /// <summary>Why it is out of the question, whatever is bought by whom: it is not there, or not in force.</summary>
    public RedemptionError? Refusal { get; init; }

    public VoucherView? Voucher { get; init; }

    public PromotionTierEntry? Tier { get; init; }

    public CampaignEntry? Campaign { get; init; }

    /// <summary>Of a loyalty card, what its points are to be spent on.</summary>
    public RewardCase? Reward { get; init; }

    /// <summary>What it takes off; null for a card.</summary>
    public Discount? Discount { get; init; }

    /// <summary>What credits of a gift card pay.</summary>
    public PlainEffect CreditsEffect { get; init; }

    /// <summary>What formulas know of it.</summary>
    public FormulaData Formulas { get; init; } = FormulaData.Nothing;

    public JsonElement Metadata { get; init; }

    public ValidityPeriod Validity { get; init; } = ValidityPeriod.Always;

    /// <summary>All must hold.</summary>
    public IReadOnlyList<RuleEntry> Rules { get; init; } = [];

    /// <summary>Its own, else that of what it belongs to; null for none.</summary>
    public Category? Category { get; init; }

    public ImmutableArray<StackedCategory> Categories => Category is null ? [] : [new StackedCategory(Category.Id, Category.Hierarchy)];

    /// <summary>What this request's session holds of it already.</summary>
    public SessionRow? Session { get; init; }

    public SessionDocument? Held { get; init; }

    public bool IsGift => Voucher?.Row.Type == VoucherTypes.Gift;

    /// <summary>The voucher once it is redeemed: of a loyalty card with the points it has then.</summary>
    /// <param name="credits">Credits that it gets; less than 0 for what is spent.</param>
    public VoucherView? After(long credits) => Voucher?.After(1, credits) is { } after && Reward?.Book is { } book ? after with { Card = MemberJson.FiguresOf(book.State) } : Voucher?.After(1, credits);

    /// <summary>Credits there are to be spent, those that the session holds included.</summary>
    public long Balance => (Voucher?.Spendable ?? 0) + (Held?.Credits ?? 0);
}
