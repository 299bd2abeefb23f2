using System.Collections.Immutable;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>A redeemable that is used together with others.</summary>
/// <param name="Id">Code of a voucher or id of a promotion tier; each once.</param>
/// <param name="Categories">Its categories.</param>
/// <param name="Decide">Whether it applies to a cart, and what the cart is with it. Pure; it may be asked more than once.</param>
internal sealed record StackedRedeemable(string Id, ImmutableArray<StackedCategory> Categories, Func<Cart, StackingTurn, StackingDecision> Decide);

/// <summary>A category of a redeemable.</summary>
/// <param name="Id"><c>cat_…</c></param>
/// <param name="Hierarchy">Its place: the lowest comes first.</param>
internal sealed record StackedCategory(string Id, int Hierarchy = StackedCategory.DefaultHierarchy)
{
    /// <summary>The place of what has no category.</summary>
    public const int DefaultHierarchy = 1;
}

/// <summary>How a redeemable is to be calculated in its stack; goes into its <see cref="DiscountSettings"/>.</summary>
/// <param name="Mode">What its percentages are of.</param>
/// <param name="IsOnce">Whether a product takes only the first discount that hits it.</param>
internal sealed record StackingTurn(CalculationMode Mode, bool IsOnce)
{
    /// <summary>Settings of the redeemable for this turn.</summary>
    public DiscountSettings Of(DiscountSettings settings) => settings with { Mode = Mode, IsOnce = IsOnce };
}

/// <summary>What a redeemable says of a cart.</summary>
internal abstract record StackingDecision
{
    private StackingDecision()
    {
    }

    /// <summary>What a discount did, as what its redeemable says.</summary>
    public static StackingDecision Of(Applied applied) => applied.Refusal is { } refusal
        ? new DoesNot("invalid_order", refusal)
        : new Applies(applied.After, applied.HasEffect) { Applied = applied };

    /// <summary>It applies.</summary>
    /// <param name="After">The cart with it.</param>
    /// <param name="HasEffect">Whether it did anything.</param>
    internal sealed record Applies(Cart After, bool HasEffect) : StackingDecision
    {
        /// <summary>What it did, where it is a discount.</summary>
        public Applied? Applied { get; init; }
    }

    /// <summary>It does not.</summary>
    /// <param name="Key">Key of the error.</param>
    /// <param name="Message">Its message, or the one of the rule that is violated.</param>
    internal sealed record DoesNot(string Key, string Message) : StackingDecision;
}
