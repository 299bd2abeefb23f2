using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Exports;
using Marketing.Json;
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

    public string Canonical(string field) => field switch
    {
        "customer" => "customer_id",
        "parent_object_id" => "campaign_id",
        "related_object_id" => "voucher_id",
        _ => field,
    };

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var rows = await store.WalkAsync(project, TableWalk.Read(after), limit);
        var campaigns = (await catalogues.GetAsync(project)).Section<CampaignSection>();
        var people = rows.Count == 0 ? [] : (await customers.LoadManyAsync(project, [.. rows.Select(static row => row.Customer).Distinct()])).ToDictionary(static row => row.Number);
        var codes = (await vouchers.FindManyAsync(project, [.. rows.Select(static row => row.Voucher).OfType<long>().Distinct()])).ToDictionary(static row => row.Number);
        var items = rows.Select(row => new ExportedPublication(row, PublicationShape.Read(row), campaigns.Find(row.Campaign), people.GetValueOrDefault(row.Customer))
        {
            VoucherType = row.Voucher is { } number ? codes.GetValueOrDefault(number)?.Type : null,
        });
        return new ExportPage([.. items.Select(static one => new ExportItem(one.Write(), one))], rows.Count == limit ? TableWalk.Write(rows[^1].CreatedAt, rows[^1].Number) : null);
    }

    private static ExportField Text(string name, Func<ExportedPublication, string?> value) => ExportFields<ExportedPublication>.Text(name, value);
}

/// <summary>A publication as columns and filters of exports read it.</summary>
/// <param name="Row">The publication.</param>
/// <param name="Document">What is stored of it.</param>
/// <param name="Campaign">Its campaign; null where it has none.</param>
/// <param name="Customer">The customer; null for one who is gone.</param>
internal sealed record ExportedPublication(PublicationRow Row, PublicationDocument Document, CampaignEntry? Campaign, CustomerRow? Customer)
{
    public static readonly Shape Shape = new("publication", "A publication in exports")
    {
        Fields =
        [
            .. Shapes.Fields.Texts("id", "customer_id", "campaign", "campaign_id", "campaign_name", "voucher", "voucher_id", "voucher_type", "channel", "tracking_id", "source_id", "result", "failure_code"),
            Shapes.Fields.Date("created_at"), new ShapeField("is_referral_code", FieldType.List), Shapes.Fields.Keys("metadata", "What was said of it"),
        ],
    };

    /// <summary>What its voucher is; null for one that failed, or whose voucher is gone.</summary>
    public string? VoucherType { get; init; }

    /// <summary>The code, of several a JSON array; of one that failed the code that was wanted.</summary>
    public string? Code => Document.Codes.Count switch
    {
        0 => Document.WantedCode,
        1 => Document.Codes[0],
        _ => JsonSerializer.Serialize(Document.Codes, WireJson.Options),
    };

    /// <summary>What filters read.</summary>
    public byte[] Write() => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Row.Id);
        json.WriteString("created_at"u8, WireJson.Text(Row.CreatedAt));
        json.WriteString("customer_id"u8, Customer?.Id);
        json.WriteString("campaign"u8, Campaign?.Name);
        json.WriteString("campaign_name"u8, Campaign?.Name);
        json.WriteString("campaign_id"u8, Campaign?.Id);
        json.WriteString("voucher"u8, Code);
        json.WriteString("voucher_id"u8, Document.VoucherIds.Count > 0 ? Document.VoucherIds[0] : null);
        json.WriteString("voucher_type"u8, VoucherType);
        json.WriteString("channel"u8, Document.Channel);
        json.WriteString("tracking_id"u8, Document.TrackingId);
        json.WriteString("source_id"u8, Row.SourceId);
        json.WriteString("result"u8, Row.Result);
        json.WriteString("failure_code"u8, Document.FailureCode);
        json.WriteBoolean("is_referral_code"u8, Campaign?.IsReferral is true);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(Document.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteEndObject();
    }).Utf8.ToArray();
}
