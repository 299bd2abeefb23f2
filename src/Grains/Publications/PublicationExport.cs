using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>Publications in exports, those that failed among them.</summary>
internal sealed class PublicationExport(ITableStore<PublicationRow> store, ITableStore<VoucherRow> vouchers, ICustomerStore customers, Catalogues catalogues) : IExportSource
{
    public string Name => "publication";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        Text("voucher_code", one => one.Code), Text("code", one => one.Code), Text("customer_id", one => one.Customer?.Id),
        Text("customer_source_id", one => one.Customer is { } customer ? CustomerJson.Read(customer.Document).SourceId : null),
        ExportFields<ExportedPublication>.Instant("date", one => one.Row.CreatedAt), Text("channel", one => one.Document.Channel), Text("campaign", one => one.Campaign?.Name),
        Text("is_winner", _ => null), Text("id", one => one.Row.Id), ExportFields<ExportedPublication>.Instant("created_at", one => one.Row.CreatedAt),
        Text("tracking_id", one => one.Document.TrackingId), Text("source_id", one => one.Row.SourceId), Text("result", one => one.Row.Result), Text("failure_code", one => one.Document.FailureCode),
    ];

    public IReadOnlyList<string> Usual { get; } = ["code", "customer_id", "date", "channel"];

    public IReadOnlyList<string> Orders { get; } = ["created_at", "id", "voucher_code", "tracking_id", "customer_id", "channel"];

    public string? WalkedIn => "created_at";

    public Shape Shape => ExportedPublication.Shape;

    public Func<ExportItem, RawJson?>? Metadata { get; } = item => ((ExportedPublication)item.Row).Document.Metadata;

    public string Canonical(string field) => ExportedPublication.Canonical(field);

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var rows = await store.WalkAsync(project, TableWalk.Read(after), limit);
        var items = await ExportedPublication.ReadAsync(await catalogues.GetAsync(project), rows, vouchers, customers);
        return new ExportPage([.. items.Select(static one => new ExportItem(one.Write(), one))], rows.Count == limit ? TableWalk.Write(rows[^1].CreatedAt, rows[^1].Number) : null);
    }

    private static ExportField Text(string name, Func<ExportedPublication, string?> value) => ExportFields<ExportedPublication>.Text(name, value);
}
