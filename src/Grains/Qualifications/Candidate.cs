using Marketing.Promotions;
using Marketing.Redemptions;

namespace Marketing.Qualifications;

/// <summary>What may be redeemed or not. Immutable.</summary>
/// <param name="Redeemables">What it consists of: one, or the tiers of a stack.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Number">Of its row.</param>
internal sealed record Candidate(IReadOnlyList<CaseRedeemable> Redeemables, DateTimeOffset CreatedAt, long Number)
{
    /// <summary>The stack that it is; null where it is one redeemable.</summary>
    public PromotionStackEntry? Stack { get; init; }

    /// <summary>Whether it is a code that the customer has.</summary>
    public bool IsHeld { get; init; }

    public CaseRedeemable First => Redeemables[0];

    public string Type => Stack is null ? First.Type : PromotionShape.Stack;

    public string Id => Stack?.Id ?? First.Id;

    /// <summary>
    /// Where it is among all, in ticks: the instant in which it was made and, below the milliseconds that instants are stored in, which of those of one commit it is. So a page can end among tiers that were
    /// made together, and the next goes on with the others.
    /// </summary>
    public long Place => PlaceOf(CreatedAt, Number);

    /// <inheritdoc cref="Place"/>
    public static long PlaceOf(DateTimeOffset createdAt, long number) => createdAt.UtcTicks + (number % TimeSpan.TicksPerMillisecond);
}

/// <summary>One that applies.</summary>
/// <param name="Candidate">What.</param>
/// <param name="Decided">What comes of it.</param>
internal sealed record Qualification(Candidate Candidate, Decided Decided)
{
    /// <summary>What it takes off, in minor units.</summary>
    public long Deal { get; } = Decided.After.AppliedDiscountAmount + Decided.After.ItemsAppliedDiscountAmount;
}

/// <summary>A page of them.</summary>
/// <param name="Items">In their order.</param>
/// <param name="Next">Where the next page begins; null where there is none.</param>
internal sealed record QualificationPage(IReadOnlyList<Qualification> Items, long? Next);
