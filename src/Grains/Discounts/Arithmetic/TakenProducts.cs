using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Where a product takes only the first discount that hits it: which have taken theirs.</summary>
internal static class TakenProducts
{
    /// <summary>Marks what the last discount hit, and every other line of the same product.</summary>
    public static void Mark(Span<CartLine> lines)
    {
        for (var hit = 0; hit < lines.Length; hit++)
        {
            if (lines[hit] is { AppliedDiscountAmount: 0, AppliedDiscountQuantity: 0 })
            {
                continue;
            }

            for (var at = 0; at < lines.Length; at++)
            {
                if (!lines[at].IsTaken && (at == hit || lines[at].HasProductOf(lines[hit])))
                {
                    lines[at] = lines[at] with { IsTaken = true };
                }
            }
        }
    }
}
