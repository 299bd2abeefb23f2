using Marketing.Catalogue;
using Marketing.Orders;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>A redemption that is to be taken back, with everything it is decided by.</summary>
/// <param name="Row">The redemption, or the parent of a stack.</param>
/// <param name="Document">What is stored of it.</param>
/// <param name="Parts">The redemptions of the stack, or the one.</param>
internal sealed record TakenBack(RedemptionRow Row, RedemptionDocument Document, IReadOnlyList<(RedemptionRow Row, RedemptionDocument Document)> Parts)
{
    /// <summary>Vouchers that are still there.</summary>
    public required IReadOnlyDictionary<long, VoucherView> Vouchers { get; init; }

    public required CatalogueSnapshot Catalogue { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>Whose history it becomes part of: the customer's, else that of the order's customer; null for nobody's.</summary>
    public string? HistoryOf { get; init; }

    /// <summary>The order as it is now; null for none.</summary>
    public OrderRow? Order { get; init; }

    public int Project => Catalogue.Project;

    public long CreditsOf(long voucher) => Parts.Where(part => part.Row.Voucher == voucher).Sum(static part => part.Document.Credits ?? 0);
}
