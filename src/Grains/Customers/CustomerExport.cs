using System.Globalization;
using Marketing.Exports;
using Marketing.Shapes;

namespace Marketing.Customers;

/// <summary>Customers in exports.</summary>
internal sealed class CustomerExport(ICustomerScans scans) : IExportSource
{
    public string Name => "customer";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        ExportFields<Customer>.Text("name", customer => customer.Name), ExportFields<Customer>.Text("id", customer => customer.Id),
        ExportFields<Customer>.Text("description", customer => customer.Description), ExportFields<Customer>.Text("email", customer => customer.Email),
        ExportFields<Customer>.Text("source_id", customer => customer.SourceId), ExportFields<Customer>.Instant("created_at", customer => customer.CreatedAt),
        .. CustomerAddress.Names.Select(part => ExportFields<Customer>.Text($"address_{part.Name}", customer => customer.Address?.ValueOf(part.Part))),
        ExportFields<Customer>.Number("redemptions_total_redeemed", customer => customer.Summary.Redemptions.TotalRedeemed),
        ExportFields<Customer>.Number("redemptions_total_failed", customer => customer.Summary.Redemptions.TotalFailed),
        ExportFields<Customer>.Number("redemptions_total_succeeded", customer => customer.Summary.Redemptions.TotalSucceeded),
        ExportFields<Customer>.Number("redemptions_total_rolled_back", customer => customer.Summary.Redemptions.TotalRolledBack),
        ExportFields<Customer>.Number("redemptions_total_rollback_failed", customer => customer.Summary.Redemptions.TotalRollbackFailed),
        ExportFields<Customer>.Number("redemptions_total_rollback_succeeded", customer => customer.Summary.Redemptions.TotalRollbackSucceeded),
        ExportFields<Customer>.Number("orders_total_amount", customer => customer.Summary.Orders.TotalAmount),
        ExportFields<Customer>.Number("orders_total_count", customer => customer.Summary.Orders.TotalCount),
        ExportFields<Customer>.Number("orders_average_amount", customer => customer.Summary.Orders.AverageAmount),
        ExportFields<Customer>.Number("orders_last_order_amount", customer => customer.Summary.Orders.LastOrderAmount),
        ExportFields<Customer>.Instant("orders_last_order_date", customer => customer.Summary.Orders.LastOrderDate),
        ExportFields<Customer>.Number("loyalty_points", customer => customer.Loyalty.Points),
        ExportFields<Customer>.Number("loyalty_referred_customers", customer => customer.Loyalty.ReferredCustomers),
        ExportFields<Customer>.Instant("updated_at", customer => customer.UpdatedAt), ExportFields<Customer>.Text("phone", customer => customer.Phone),
        ExportFields<Customer>.Text("birthday", customer => customer.Birthdate), ExportFields<Customer>.Text("birthdate", customer => customer.Birthdate),
    ];

    public IReadOnlyList<string> Usual { get; } = ["name", "source_id"];

    public IReadOnlyList<string> Orders { get; } = ["name", "id", "email", "source_id", "created_at", "updated_at"];

    // By number, which follows the time of creation within a silo only.
    public string? WalkedIn => null;

    public Shape Shape => CustomerShape.Customer;

    public Func<ExportItem, RawJson?>? Metadata { get; } = item => ((Customer)item.Row).Metadata;

    public string Canonical(string field) => field == "city" ? "address.city" : CustomerShape.Canonical(field);

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var rows = await scans.ScanAsync(project, after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture), limit);
        return new ExportPage(
            [.. rows.Select(row => new ExportItem(row.Document, CustomerJson.Read(row.Document)))],
            rows.Count == limit ? rows[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }
}
