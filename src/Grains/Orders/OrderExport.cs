using System.Text.Json;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;

namespace Marketing.Orders;

/// <summary>Orders in exports.</summary>
internal sealed class OrderExport(ITableStore<OrderRow> store) : IExportSource
{
    public string Name => "order";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        .. new[]
        {
            "id", "source_id", "created_at", "updated_at", "status", "amount", "discount_amount", "items_discount_amount", "total_discount_amount", "total_amount", "customer_id",
            "referrer_id",
        }.Select(name => new ExportField(name, item => Text((OrderDocument)item.Row, name))),
    ];

    public IReadOnlyList<string> Usual { get; } = ["id", "source_id", "status"];

    public IReadOnlyList<string> Orders { get; } = ["created_at", "updated_at", "status"];

    public string? WalkedIn => "created_at";

    public Shape Shape => OrderShape.Order;

    public Func<ExportItem, RawJson?>? Metadata { get; } =
        item => ((OrderDocument)item.Row).Json.TryGetProperty("metadata", out var metadata) ? RawJson.From(metadata) : null;

    public Task<ExportPage> WalkAsync(int project, string? after, int limit) => store.WalkAsync(
        project, after, limit, row => row.CreatedAt, row => new ExportItem(row.Document, new OrderDocument(JsonElement.Parse(row.Document))));

    // As the order shows it, or nothing.
    private static string? Text(OrderDocument order, string name) => order.Json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        }
        : null;

    private sealed record OrderDocument(JsonElement Json);
}
