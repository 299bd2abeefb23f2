using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Publications;

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

    public static readonly FilterSubject Subject = new(Shape, Canonical);

    /// <summary>Other names of the fields.</summary>
    public static string Canonical(string field) => field switch
    {
        "customer" => "customer_id",
        "parent_object_id" => "campaign_id",
        "related_object_id" => "voucher_id",
        _ => field,
    };

    /// <summary>Publications with what belongs to them, in their order.</summary>
    public static async Task<IEnumerable<ExportedPublication>> ReadAsync(
        CatalogueSnapshot catalogue, IReadOnlyList<PublicationRow> rows, ITableStore<VoucherRow> vouchers, ICustomerStore customers)
    {
        var (project, campaigns) = (catalogue.Project, catalogue.Section<CampaignSection>());
        var people = rows.Count == 0 ? [] : (await customers.LoadManyAsync(project, [.. rows.Select(static row => row.Customer).Distinct()])).ToDictionary(static row => row.Number);
        var codes = (await vouchers.FindManyAsync(project, [.. rows.Select(static row => row.Voucher).OfType<long>().Distinct()])).ToDictionary(static row => row.Number);
        return rows.Select(row => new ExportedPublication(row, PublicationShape.Read(row), campaigns.Find(row.Campaign), people.GetValueOrDefault(row.Customer))
        {
            VoucherType = row.Voucher is { } number ? codes.GetValueOrDefault(number)?.Type : null,
        });
    }

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
