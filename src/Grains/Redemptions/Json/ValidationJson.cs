using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Carts;
using Marketing.Discounts;
using Marketing.Json;
using Marketing.Promotions;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>The answer to a validation.</summary>
internal static class ValidationJson
{
    // What a new order gets when it is stored, which a validated one is not.
    private static readonly string[] OfStored = ["id", "created_at", "updated_at", "source_id", "status", "redemptions"];

    public static RawJson Write(Decided decided, RedemptionCommand command, string id) => WrittenJson.Of(
        json =>
        {
            var order = OrderOf(decided.Case.Order);
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteBoolean("valid"u8, decided.IsValid);
            json.WriteStartArray("redeemables"u8);

            // What can be redeemed shows what is, and beside it what was passed over; what cannot shows all, with what stands in the way.
            foreach (var one in decided.IsValid ? decided.Applied : decided.Redeemables)
            {
                RedeemableJson.Write(one, decided.Case, order, json);
            }

            json.WriteEndArray();
            if (decided.IsValid)
            {
                RedeemableJson.WritePassedOver(decided, json);
            }

            if (decided.IsValid && order.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName("order"u8);
                CartWriter.Write(json, order, decided.After);
            }

            json.WriteString("tracking_id"u8, command.TrackingId);
            if (command.Session is { } session && decided.IsValid)
            {
                WriteSession(session, json);
            }

            json.WriteStartObject("stacking_rules"u8);
            StackingRulesWriter.WriteFields(json, decided.Case.Stacking);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        4_096);

    /// <summary>One redeemable alone, with its object.</summary>
    public static RedeemableOutcome OutcomeOf(Decided decided, DecidedRedeemable one) => new(
        WrittenJson.Of(json => RedeemableJson.Write(one, decided.Case, OrderOf(decided.Case.Order), json), 1_024),
        one.Redeemable switch
        {
            { Voucher: { } voucher } => VoucherShape.Write(voucher),
            { Tier: { } tier } => WrittenJson.Of(json => PromotionShape.WriteTier(tier, decided.Case.Catalogue, json), 1_024),
            _ => null,
        },
        one.Error);

    private static void WriteSession(SessionLock session, Utf8JsonWriter json)
    {
        json.WriteStartObject("session"u8);
        json.WriteString("key"u8, session.Key);
        json.WriteString("type"u8, "LOCK"u8);
        if (session.Ttl is { } ttl)
        {
            json.WriteNumber("ttl"u8, ttl);
            json.WriteString("ttl_unit"u8, session.TtlUnit);
        }

        json.WriteEndObject();
    }

    /// <summary>What answers write an order on, which is not stored.</summary>
    public static JsonElement OrderOf(CaseOrder? order)
    {
        if (order is null)
        {
            return default;
        }

        if (order.Present is not null)
        {
            return order.Document;
        }

        var given = JsonNode.Parse(order.Document.GetRawText())!.AsObject();
        foreach (var name in OfStored)
        {
            given.Remove(name);
        }

        return JsonSerializer.SerializeToElement(given);
    }
}
