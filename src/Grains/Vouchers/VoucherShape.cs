using System.Text.Json;
using Marketing.Activity;
using Marketing.Categories;
using Marketing.Json;
using Marketing.Shapes;
using Marketing.ValidationRules;
using static Marketing.Shapes.Fields;

namespace Marketing.Vouchers;

/// <summary>What a voucher consists of in the wire format.</summary>
internal static class VoucherShape
{
    public static readonly Shape Voucher = new("voucher", "The code that the customer gets")
    {
        Fields =
        [
            Text("id"), Text("code"), Text("value"), Text("qr_url"), Text("barcode_url"), Text("campaign"), Text("campaign_id"), Text("category"), Text("category_id"), Text("type"),
            Keys("discount", "What it is worth, in the product's form"), Object("gift", "Credits of a gift card, in minor units", [.. Numbers("amount", "balance", "subtracted_amount"), Text("effect")]),
            Object("loyalty_card", "Points of a loyalty card", [.. Numbers("points", "balance", "next_expiration_points", "pending_points", "expired_points", "subtracted_points"), Date("next_expiration_date")]),
            Date("start_date"), Date("expiration_date"), Text("additional_info"), Keys("metadata", "The shop's own attributes of the code"), Date("created_at"), Date("updated_at"),
            Object("assets", "Pictures of the code", Object("qr", "QR code", [.. Texts("id", "url")]), Object("barcode", "Barcode", [.. Texts("id", "url")])).Unfiltered(),
            Text("holder_id"), Object("redemption", "How often it may be redeemed", [.. Numbers("quantity", "redeemed_quantity")]), Kind("voucher"),
        ],
        Example = static (_, _) => ActivityData.Write(json =>
        {
            json.WritePropertyName("voucher"u8);
            json.WriteRawValue("""{"id":"v_example","code":"EXAMPLE-1","value":"10%","qr_url":"https://example.com/qr.png","barcode_url":"https://example.com/barcode.png","object":"voucher"}"""u8);
        }),
    };

    private static readonly string[] Dates = ["start_date", "expiration_date", "validity_timeframe", "validity_day_of_week"];

    public static RawJson Write(VoucherView voucher) => WrittenJson.Of(json => Write(voucher, json), 1_024);

    public static void Write(VoucherView? voucher, Utf8JsonWriter json)
    {
        if (voucher is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        WriteFields(voucher, json);
        RuleAssignmentShape.WriteList(voucher.Assignments, json);
        json.WriteEndObject();
    }

    private static void WriteFields(VoucherView voucher, Utf8JsonWriter json)
    {
        var row = voucher.Row;
        json.WriteString("id"u8, row.Id);
        json.WriteString("code"u8, row.Code);
        json.WriteString("campaign"u8, voucher.Campaign?.Name);
        json.WriteString("campaign_id"u8, voucher.Campaign?.Id);
        json.WriteString("category"u8, voucher.Category?.Name);
        json.WriteString("category_id"u8, voucher.Category?.Id);
        json.WriteString("type"u8, row.Type);
        Copy(voucher, json, "discount");
        WriteGift(voucher, json);
        WriteCard(voucher, json);
        WriteDates(voucher, json);
        json.WriteBoolean("active"u8, row.IsActive);
        Copy(voucher, json, "additional_info");
        json.WritePropertyName("metadata"u8);
        if (voucher.Field("metadata") is { ValueKind: JsonValueKind.Object } metadata)
        {
            metadata.WriteTo(json);
        }
        else
        {
            json.WriteRawValue("{}"u8);
        }

        if (voucher.Links is { } links)
        {
            json.WriteStartObject("assets"u8);
            WriteAsset("qr"u8, links.Id, links.Qr, json);
            WriteAsset("barcode"u8, links.Id, links.Barcode, json);
            json.WriteEndObject();
        }

        var isReferral = voucher.Campaign?.IsReferral is true;
        json.WriteBoolean("is_referral_code"u8, isReferral);
        if (isReferral)
        {
            json.WriteString("referrer_id"u8, voucher.HolderId);
        }

        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        json.WriteString("updated_at"u8, row.UpdatedAt is { } updated ? WireJson.Text(updated) : null);
        json.WriteString("holder_id"u8, voucher.HolderId);
        WriteLists(voucher, json);
        CategoryShape.WriteList(voucher.Category, json);
        json.WriteString("object"u8, "voucher");
    }

    /// <summary>As messages show it: with what people read and scan.</summary>
    public static void WriteForMessage(VoucherView voucher, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("value"u8, VoucherValue.Of(voucher));
        json.WriteString("qr_url"u8, voucher.Links?.Qr);
        json.WriteString("barcode_url"u8, voucher.Links?.Barcode);
        WriteFields(voucher, json);
        json.WriteEndObject();
    }

    private static void WriteAsset(ReadOnlySpan<byte> name, string id, string url, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, id);
        json.WriteString("url"u8, url);
        json.WriteEndObject();
    }

    private static void WriteGift(VoucherView voucher, Utf8JsonWriter json)
    {
        if (voucher.Field("gift") is not { ValueKind: JsonValueKind.Object } gift)
        {
            json.WriteNull("gift"u8);
            return;
        }

        json.WriteStartObject("gift"u8);
        json.WriteNumber("amount"u8, voucher.InitialCredits + voucher.Added);
        json.WriteNumber("subtracted_amount"u8, voucher.Subtracted);
        json.WriteNumber("balance"u8, voucher.Balance);
        json.WriteString("effect"u8, gift.TryGetProperty("effect", out var effect) && effect.ValueKind == JsonValueKind.String ? effect.GetString() : "APPLY_TO_ORDER");
        json.WriteEndObject();
    }

    private static void WriteCard(VoucherView voucher, Utf8JsonWriter json)
    {
        if (voucher.Row.Type != VoucherTypes.Loyalty)
        {
            json.WriteNull("loyalty_card"u8);
            return;
        }

        var card = voucher.CardOrNew;
        json.WriteStartObject("loyalty_card"u8);
        json.WriteNumber("points"u8, card.Points);
        json.WriteNumber("balance"u8, card.Balance);
        json.WriteString("next_expiration_date"u8, card.NextExpiration);
        json.WriteNumber("next_expiration_points"u8, card.NextExpirationPoints);
        json.WriteNumber("pending_points"u8, card.Pending);
        json.WriteNumber("expired_points"u8, card.Expired);
        json.WriteNumber("subtracted_points"u8, card.Subtracted);
        json.WriteEndObject();
    }

    private static void WriteDates(VoucherView voucher, Utf8JsonWriter json)
    {
        var end = voucher.Campaign?.ActiveFor is null || voucher.Holder is null ? null : voucher.Validity.End;
        foreach (var name in Dates)
        {
            if (name == "expiration_date" && end is { } instant)
            {
                json.WriteString("expiration_date"u8, WireJson.Text(instant));
            }
            else
            {
                Copy(voucher, json, name);
            }
        }

        if (voucher.Field("validity_hours") is { ValueKind: JsonValueKind.Object } hours)
        {
            json.WritePropertyName("validity_hours"u8);
            hours.WriteTo(json);
        }
    }

    private static void WriteLists(VoucherView voucher, Utf8JsonWriter json)
    {
        var path = $"/v1/vouchers/{Uri.EscapeDataString(voucher.Row.Code)}";
        json.WriteStartObject("redemption"u8);
        if (voucher.Quantity is { } quantity)
        {
            json.WriteNumber("quantity"u8, quantity);
        }
        else
        {
            json.WriteNull("quantity"u8);
        }

        json.WriteNumber("redeemed_quantity"u8, voucher.Redeemed);
        if (voucher.Row.Type == VoucherTypes.Loyalty)
        {
            json.WriteNumber("redeemed_points"u8, voucher.CardOrNew.Redeemed);
        }

        json.WriteString("object"u8, "list");
        json.WriteString("url"u8, $"{path}/redemptions?page=1&limit=10");
        json.WriteEndObject();
        json.WriteStartObject("publish"u8);
        json.WriteString("object"u8, "list");
        json.WriteNumber("count"u8, voucher.Holder is null ? 0 : 1);
        json.WriteString("url"u8, $"{path}/publications?page=1&limit=10");
        json.WriteEndObject();
    }

    private static void Copy(VoucherView voucher, Utf8JsonWriter json, string name)
    {
        if (voucher.Field(name) is { ValueKind: not JsonValueKind.Undefined } value)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
