using System.Text.Json;
using Marketing.Exports;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Suppressions;

/// <summary>Suppressed addresses in exports, by address.</summary>
internal sealed class SuppressionExport(ISuppressionStore store) : IExportSource
{
    public string Name => "suppression";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        ExportFields<Suppression>.Text("channel", static row => row.Channel), ExportFields<Suppression>.Text("address", static row => row.Address),
        ExportFields<Suppression>.Text("reason", static row => row.Reason), ExportFields<Suppression>.Text("topic", static row => row.Topic),
        ExportFields<Suppression>.Instant("created_at", static row => row.CreatedAt),
    ];

    public IReadOnlyList<string> Usual { get; } = ["channel", "address", "reason", "topic", "created_at"];

    public IReadOnlyList<string> Orders { get; } = ["created_at", "address", "channel", "reason"];

    public string? WalkedIn => null;

    public Shape Shape { get; } = new("suppression", "An address that is not written to") { Fields = [.. Texts("channel", "address", "reason", "topic"), Date("created_at")] };

    public Func<ExportItem, RawJson?>? Metadata => null;

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var rows = await store.WalkAsync(project, after is null ? null : Read(after), limit);
        return new ExportPage([.. rows.Select(ItemOf)], rows.Count == limit ? Write(rows[^1]) : null);
    }

    private static ExportItem ItemOf(Suppression row) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new Document(row.Channel, row.Address, row.Reason, row.Topic, row.CreatedAt), WireJson.Options), row);

    private static string Write(Suppression row) => JsonSerializer.Serialize<string[]>([row.Address, row.Channel, row.Topic ?? ""]);

    private static Suppression Read(string place) =>
        JsonSerializer.Deserialize<string[]>(place) is [var address, var channel, var topic] ? new() { Address = address, Channel = channel, Topic = topic, Reason = "" } : throw new FormatException();

    private sealed record Document(string Channel, string Address, string Reason, string? Topic, DateTimeOffset CreatedAt);
}
