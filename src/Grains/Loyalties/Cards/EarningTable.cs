using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>That an order was rewarded by a rule, so that it is once, however often it is paid.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Of the rule and the order.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Customer">Number of the customer.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record EarningRow(long Number, string Id, long Version, long Customer, DateTimeOffset CreatedAt) : ITableRow
{
    public static string IdOf(string rule, string order) => $"{rule}/{order}";
}

/// <summary>Where it is stored what was rewarded.</summary>
internal static class EarningTable
{
    private static readonly Column Customer = Column<EarningRow>.Number("customer", row => row.Customer);
    private static readonly Column CreatedAt = Column<EarningRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<EarningRow> Earnings = new("loyalty_earnings", Read)
    {
        Columns = [Customer, CreatedAt],
        Owner = Customer,
        Orders = [CreatedAt],
    };

    private static EarningRow Read(StoredRow row) => new(row.Number, row.Id, row.Version, row.Count(Customer), row.Instant(CreatedAt));
}
