using System.Text.Json;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Vouchers.Exports;

/// <summary>A voucher as filters and columns of exports read it.</summary>
internal static class ExportedVoucher
{
    public static readonly Shape Shape = new("voucher", "A voucher in exports")
    {
        Fields =
        [
            .. Texts("id", "code", "voucher_type", "campaign", "campaign_id", "category", "category_id", "additional_info", "holder_id"),
            Date("created_at"), Date("updated_at"), Date("start_date"), Date("expiration_date"),
            .. new[] { "active", "is_referral_code", "categories", "category_ids", "validity_day_of_week", "validity_timeframe" }.Select(static name => new ShapeField(name, FieldType.List)),
            Object("redemption", "How often it may be redeemed", Number("quantity") with { MissingIsZero = false }, Number("redeemed_quantity")), Keys("metadata", "The shop's own attributes"),
        ],
    };

    public static readonly FilterSubject Subject = new(Shape, Canonical);

    /// <summary>Other names of the fields.</summary>
    public static string Canonical(string field) => field switch
    {
        "published_for_customer_id" or "customer_id" => "holder_id",
        "created_date" => "created_at",
        "type" => "voucher_type",
        "vouchers" => "code",
        _ => field,
    };

    /// <summary>What filters read.</summary>
    public static byte[] Document(VoucherView voucher) => WrittenJson.Of(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, voucher.Row.Id);
            json.WriteString("code"u8, voucher.Row.Code);
            json.WriteString("voucher_type"u8, voucher.Row.Type);
            json.WriteString("campaign"u8, voucher.Campaign?.Name);
            json.WriteString("campaign_id"u8, voucher.Campaign?.Id);
            json.WriteString("category"u8, voucher.Category?.Name);
            json.WriteString("category_id"u8, voucher.Category?.Id);
            WriteTexts("categories"u8, voucher.Category?.Name, json);
            WriteTexts("category_ids"u8, voucher.Category?.Id, json);
            json.WriteString("additional_info"u8, TextOf(voucher.Field("additional_info")));
            json.WriteString("holder_id"u8, voucher.HolderId);
            json.WriteString("created_at"u8, WireJson.Text(voucher.Row.CreatedAt));
            json.WriteString("updated_at"u8, voucher.Row.UpdatedAt is { } updated ? WireJson.Text(updated) : null);
            json.WriteString("start_date"u8, TextOf(voucher.Field("start_date")));
            json.WriteString("expiration_date"u8, End(voucher));
            json.WriteBoolean("active"u8, voucher.Row.IsActive);
            json.WriteBoolean("is_referral_code"u8, voucher.Campaign?.IsReferral is true);
            foreach (var name in (ReadOnlySpan<string>)["validity_day_of_week", "metadata"])
            {
                if (voucher.Field(name) is { ValueKind: not JsonValueKind.Undefined } value)
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
            }

            json.WriteString("validity_timeframe"u8, TextOf(voucher.Field("validity_timeframe")));
            json.WriteStartObject("redemption"u8);
            if (voucher.Quantity is { } quantity)
            {
                json.WriteNumber("quantity"u8, quantity);
            }

            json.WriteNumber("redeemed_quantity"u8, voucher.Redeemed);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        1_024).Utf8.ToArray();

    /// <summary>Until when it holds; for what counts from when it was given out, that instant.</summary>
    public static string? End(VoucherView voucher) => voucher is { Campaign.ActiveFor: not null, Holder: not null } && voucher.Validity.End is { } end
        ? WireJson.Text(end)
        : TextOf(voucher.Field("expiration_date"));

    /// <summary>What it is worth in the unit of its type: percent, minor units, units.</summary>
    public static string? Worth(VoucherView voucher) => voucher.Row.Type == VoucherTypes.Gift
        ? (voucher.InitialCredits + voucher.Added).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : voucher.Row.Type == VoucherTypes.Loyalty ? voucher.CardOrNew.Points.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : TextOf(Inner(voucher.Field("discount"), WorthField(voucher)));

    /// <summary>The field of a discount that says how much.</summary>
    public static string WorthField(VoucherView voucher) => TextOf(Inner(voucher.Field("discount"), "type")) switch
    {
        "PERCENT" => "percent_off",
        "AMOUNT" => "amount_off",
        "FIXED" => "fixed_amount",
        _ => "unit_off",
    };

    /// <summary>A field of an object; undefined where there is none.</summary>
    public static JsonElement Inner(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A text as it is, anything else as JSON; null where there is nothing.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static void WriteTexts(ReadOnlySpan<byte> name, string? one, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        if (one is not null)
        {
            json.WriteStringValue(one);
        }

        json.WriteEndArray();
    }
}
