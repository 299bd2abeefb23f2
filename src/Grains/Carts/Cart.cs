using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Marketing.Carts;

/// <summary>
/// An order as rules and discounts see it, at one point of a stack: what discounts before have taken off is in it. Amounts in minor units of the currency. Immutable, so that a
/// redeemable that does not apply leaves nothing behind.
/// </summary>
internal sealed record Cart
{
    public static readonly Cart Empty = new();

    /// <summary>Before discounts: as sent, else the sum of the lines. Grows with units that a discount adds.</summary>
    public long Amount { get; init; }

    /// <summary>Before any discount added units.</summary>
    public long InitialAmount { get; init; }

    /// <summary>What discounts took off the whole order so far.</summary>
    public long DiscountAmount { get; init; }

    /// <summary>What the last discount took off the whole order.</summary>
    public long AppliedDiscountAmount { get; init; }

    /// <summary>In the order they were sent; lines that a discount added come last.</summary>
    public ImmutableArray<CartLine> Lines { get; init; } = [];

    /// <summary>The shop's own attributes of the order; undefined where it has none.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>What discounts took off lines so far.</summary>
    public long ItemsDiscountAmount => Lines.Sum(static line => line.DiscountAmount);

    /// <summary>What the last discount took off lines.</summary>
    public long ItemsAppliedDiscountAmount => Lines.Sum(static line => line.AppliedDiscountAmount);

    public long TotalDiscountAmount => DiscountAmount + ItemsDiscountAmount;

    public long TotalAmount => Math.Max(0, Amount - TotalDiscountAmount);

    /// <summary>The same with nothing that the last discount did, ready for the next one.</summary>
    public Cart Settled()
    {
        var lines = new CartLine[Lines.Length];
        var isSettled = AppliedDiscountAmount == 0;
        for (var at = 0; at < lines.Length; at++)
        {
            lines[at] = Lines[at].Settled();
            isSettled &= ReferenceEquals(lines[at], Lines[at]);
        }

        return isSettled ? this : this with { AppliedDiscountAmount = 0, Lines = ImmutableCollectionsMarshal.AsImmutableArray(lines) };
    }

    /// <summary>The same with all that has been done since an earlier state of it as if one discount had done it: what a stack did together.</summary>
    /// <param name="before">What it was made of; its lines are the first of these.</param>
    public Cart AppliedSince(Cart before)
    {
        var lines = new CartLine[Lines.Length];
        for (var at = 0; at < lines.Length; at++)
        {
            var line = Lines[at];
            var old = at < before.Lines.Length ? before.Lines[at] : null;
            lines[at] = line with
            {
                AppliedDiscountAmount = line.DiscountAmount - (old?.DiscountAmount ?? 0),
                AppliedDiscountQuantity = line.DiscountQuantity - (old?.DiscountQuantity ?? 0),
                AppliedQuantity = line.Quantity - (old?.Quantity ?? 0),
                AppliedQuantityAmount = line.Amount - (old?.Amount ?? 0),
            };
        }

        return this with { AppliedDiscountAmount = DiscountAmount - before.DiscountAmount, Lines = ImmutableCollectionsMarshal.AsImmutableArray(lines) };
    }
}
