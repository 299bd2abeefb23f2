using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;

namespace Marketing.Redemptions;

/// <summary>Redemptions in exports: failed ones and rollbacks too, of a stack its parts and not their parent, which has nothing of its own.</summary>
internal sealed class RedemptionExport(ITableStore<RedemptionRow> store, ICustomerStore customers, Catalogues catalogues) : IExportSource
{
    public string Name => "redemption";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        Text("id", one => one.Row.Id), Text("object", one => one.Kind), ExportFields<ExportedRedemption>.Instant("date", one => one.Row.CreatedAt), Text("voucher_code", one => one.Code),
        Text("campaign", one => one.Campaign?.Name), Text("promotion_tier_id", one => one.Tier), Text("customer_id", one => one.Person?.Id),
        Text("customer_source_id", one => one.Person?.SourceId), Text("customer_name", one => one.Person?.Name), Text("tracking_id", one => one.Document.TrackingId),
        Text("order_id", one => one.Document.OrderId), Text("order_amount", one => one.OrderAmount), Text("gift_amount", one => ExportedRedemption.TextOf(one.Document.Credits)),
        Text("loyalty_points", one => ExportedRedemption.TextOf(one.Document.Points)), Text("result", one => one.Result), Text("failure_code", one => one.Document.FailureKey),
        Text("failure_message", one => one.Document.ShopMessage ?? one.Document.FailureMessage), ExportFields<ExportedRedemption>.Instant("created_at", one => one.Row.CreatedAt),
    ];

    public IReadOnlyList<string> Usual { get; } = ["id", "object", "voucher_code", "customer_id", "date", "result"];

    public IReadOnlyList<string> Orders { get; } = ["created_at", "id", "voucher_code", "tracking_id", "customer_id"];

    public string? WalkedIn => "created_at";

    public Shape Shape => ExportedRedemption.Shape;

    public Func<ExportItem, RawJson?>? Metadata { get; } = item => ((ExportedRedemption)item.Row).Document.Metadata;

    public string Canonical(string field) => ExportedRedemption.Canonical(field);

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var rows = await store.WalkAsync(project, TableWalk.Read(after), limit);
        var items = (await ExportedRedemption.ReadAsync(await catalogues.GetAsync(project), rows, customers)).Where(static one => one.Document.ObjectType != "redemption");
        return new ExportPage([.. items.Select(static one => new ExportItem(one.Write(), one))], rows.Count == limit ? TableWalk.Write(rows[^1].CreatedAt, rows[^1].Number) : null);
    }

    private static ExportField Text(string name, Func<ExportedRedemption, string?> value) => ExportFields<ExportedRedemption>.Text(name, value);
}
