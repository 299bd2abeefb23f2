using System.Globalization;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Shapes;

namespace Marketing.Redemptions;

/// <summary>A redemption as columns and filters of exports read it.</summary>
/// <param name="Row">The redemption.</param>
/// <param name="Document">What is stored of it.</param>
/// <param name="Campaign">Its campaign; null where it has none.</param>
/// <param name="Person">The customer; null for somebody unknown, or one who is gone.</param>
internal sealed record ExportedRedemption(RedemptionRow Row, RedemptionDocument Document, CampaignEntry? Campaign, Customer? Person)
{
    public static readonly Shape Shape = new("redemption", "A redemption in exports")
    {
        Fields =
        [
            .. Shapes.Fields.Texts(
                "id", "object", "status", "result", "failure_code", "customer_id", "campaign", "campaign_id", "campaign_name", "voucher_code", "related_object_type", "related_object_id",
                "parent_redemption_id", "promotion_tier_id", "tracking_id", "order_id"),
            Shapes.Fields.Date("created_at"), Shapes.Fields.Keys("metadata", "What was said of it"),
        ],
    };

    public static readonly FilterSubject Subject = new(Shape, Canonical);

    /// <summary>Other names of the fields.</summary>
    public static string Canonical(string field) => field switch
    {
        "customer" => "customer_id",
        "voucher" => "voucher_code",
        "related_object" => "related_object_id",
        "related_object_parent_id" => "campaign_id",
        _ => field,
    };

    /// <summary>Redemptions with what belongs to them, in their order.</summary>
    public static async Task<IEnumerable<ExportedRedemption>> ReadAsync(CatalogueSnapshot catalogue, IReadOnlyList<RedemptionRow> rows, ICustomerStore customers)
    {
        var campaigns = catalogue.Section<CampaignSection>();
        long[] wanted = [.. rows.Select(static row => row.Customer).OfType<long>().Distinct()];
        var people = wanted.Length == 0
            ? []
            : (await customers.LoadManyAsync(catalogue.Project, wanted)).ToDictionary(static row => row.Number, static row => CustomerJson.Read(row.Document) with { Id = row.Id });
        return rows.Select(row => new ExportedRedemption(row, RedemptionDocument.Of(row), campaigns.Find(row.Campaign), row.Customer is { } number ? people.GetValueOrDefault(number) : null));
    }

    public string Kind => Row.Kind == RedemptionKind.Rollback ? "redemption_rollback" : "redemption";

    public string Result => Row.Status == RedemptionStatus.Failed ? "FAILURE" : "SUCCESS";

    public string? Code => Document.ObjectType == RedeemableReference.Voucher ? Document.Reference : null;

    public string? Tier => Document.ObjectType == RedeemableReference.PromotionTier ? Document.ObjectId : null;

    /// <summary>Of the order, before anything was taken off; null where nothing was bought.</summary>
    public string? OrderAmount => Document.Order?.ToElement() is { ValueKind: JsonValueKind.Object } order && order.TryGetProperty("amount", out var amount) ? amount.GetRawText() : null;

    public static string? TextOf(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>What filters read.</summary>
    public byte[] Write() => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Row.Id);
        json.WriteString("object"u8, Kind);
        json.WriteString("created_at"u8, WireJson.Text(Row.CreatedAt));
        json.WriteString("status"u8, Row.Status switch { RedemptionStatus.Failed => "FAILED"u8, RedemptionStatus.RolledBack => "ROLLED_BACK"u8, _ => "SUCCEEDED"u8 });
        json.WriteString("result"u8, Result);
        json.WriteString("failure_code"u8, Document.FailureKey);
        json.WriteString("customer_id"u8, Person?.Id);
        json.WriteString("campaign"u8, Campaign?.Name);
        json.WriteString("campaign_name"u8, Campaign?.Name);
        json.WriteString("campaign_id"u8, Campaign?.Id);
        json.WriteString("voucher_code"u8, Code);
        json.WriteString("related_object_type"u8, Document.ObjectType);
        json.WriteString("related_object_id"u8, Document.ObjectId);
        json.WriteString("parent_redemption_id"u8, Document.ParentId);
        json.WriteString("promotion_tier_id"u8, Tier);
        json.WriteString("tracking_id"u8, Document.TrackingId);
        json.WriteString("order_id"u8, Document.OrderId);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(Document.Metadata is { } metadata ? metadata.Utf8.Span : "{}"u8, skipInputValidation: true);
        json.WriteEndObject();
    }).Utf8.ToArray();
}
