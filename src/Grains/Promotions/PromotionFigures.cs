namespace Marketing.Promotions;

/// <summary>How the figures of a tier are stored: a tally each. Whoever does what they count adds to them, in the same commit. Amounts in minor units.</summary>
internal static class PromotionFigures
{
    /// <summary>How often it was redeemed.</summary>
    public const string Redeemed = "redeemed";

    /// <summary>The totals of the orders it was redeemed with.</summary>
    public const string OrderAmount = "order_amount";

    /// <summary>What it took off them.</summary>
    public const string DiscountAmount = "discount_amount";

    private const string Prefix = "promotion/";

    public static string Key(long tier, string figure) => $"{Prefix}{tier}/{figure}";

    /// <summary>Whether a tally is a figure of a tier.</summary>
    public static bool IsOne(string tally) => tally.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The keys of all figures of a tier.</summary>
    public static IEnumerable<string> KeysOf(long tier) => [Key(tier, Redeemed), Key(tier, OrderAmount), Key(tier, DiscountAmount)];
}

/// <summary>What became of a tier since it was made. Amounts in minor units.</summary>
/// <param name="Redeemed">How often it was redeemed.</param>
/// <param name="OrderAmount">The totals of the orders.</param>
/// <param name="DiscountAmount">What was taken off them.</param>
internal readonly record struct PromotionTotals(long Redeemed, long OrderAmount, long DiscountAmount)
{
    /// <param name="figures">With the tier's keys.</param>
    /// <param name="tier">Number of the tier.</param>
    public static PromotionTotals Of(IReadOnlyDictionary<string, long> figures, long tier) => new(
        figures[PromotionFigures.Key(tier, PromotionFigures.Redeemed)], figures[PromotionFigures.Key(tier, PromotionFigures.OrderAmount)],
        figures[PromotionFigures.Key(tier, PromotionFigures.DiscountAmount)]);
}
